package dev.meterbook.allinone;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls a server of which nothing is known but its address: contracts come by reflection. */
final class ReflectionClient implements AutoCloseable {

    private final ManagedChannel channel;
    private final Map<String, FileDescriptorProto> files = new HashMap<>();
    private final Map<String, FileDescriptor> built = new HashMap<>();

    ReflectionClient(String address) {
        this.channel = NettyChannelBuilder.forTarget("dns:///" + address).usePlaintext().build();
    }

    /** Names of the services. */
    List<String> services() throws Exception {
        return ask(ServerReflectionRequest.newBuilder().setListServices("").build())
                .getListServicesResponse()
                .getServiceList()
                .stream()
                .map(ServiceResponse::getName)
                .toList();
    }

    /** Calls a unary method with a request in JSON; the answer in JSON. */
    String call(String service, String method, String key, String json) throws Exception {
        MethodDescriptor contract = contract(service, method);
        DynamicMessage.Builder request = DynamicMessage.newBuilder(contract.getInputType());
        JsonFormat.parser().merge(json, request);
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key);
        Channel withKey =
                ClientInterceptors.intercept(
                        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        DynamicMessage answer =
                ClientCalls.blockingUnaryCall(
                        withKey,
                        grpcMethod(service, contract),
                        CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                        request.build());
        return JsonFormat.printer().omittingInsignificantWhitespace().print(answer);
    }

    private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> grpcMethod(
            String service, MethodDescriptor contract) {
        return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(
                        io.grpc.MethodDescriptor.generateFullMethodName(
                                service, contract.getName()))
                .setRequestMarshaller(marshaller(contract.getInputType()))
                .setResponseMarshaller(marshaller(contract.getOutputType()))
                .build();
    }

    private static io.grpc.MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
        return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
    }

    private MethodDescriptor contract(String service, String method) throws Exception {
        ServerReflectionResponse answer =
                ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());
        take(answer);
        for (String name : List.copyOf(files.keySet())) {
            for (ServiceDescriptor found : build(name).getServices()) {
                if (found.getFullName().equals(service)) {
                    return found.findMethodByName(method);
                }
            }
        }
        throw new IllegalStateException("no " + service);
    }

    private void take(ServerReflectionResponse answer) throws InvalidProtocolBufferException {
        for (var bytes : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
            FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
            files.put(file.getName(), file);
        }
    }

    private FileDescriptor build(String name) throws Exception {
        FileDescriptor done = built.get(name);
        if (done != null) {
            return done;
        }
        if (!files.containsKey(name)) {
            take(ask(ServerReflectionRequest.newBuilder().setFileByFilename(name).build()));
        }
        FileDescriptorProto file = Objects.requireNonNull(files.get(name), name);
        FileDescriptor[] dependencies = new FileDescriptor[file.getDependencyCount()];
        for (int i = 0; i < dependencies.length; i++) {
            dependencies[i] = build(file.getDependency(i));
        }
        FileDescriptor descriptor = fileOf(file, dependencies);
        built.put(name, descriptor);
        return descriptor;
    }

    private static FileDescriptor fileOf(FileDescriptorProto file, FileDescriptor[] dependencies)
            throws DescriptorValidationException {
        return FileDescriptor.buildFrom(file, dependencies);
    }

    private ServerReflectionResponse ask(ServerReflectionRequest question) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> questions =
                ServerReflectionGrpc.newStub(channel)
                        .serverReflectionInfo(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ServerReflectionResponse response) {
                                        answer.complete(response);
                                    }

                                    @Override
                                    public void onError(Throwable failed) {
                                        answer.completeExceptionally(failed);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        answer.completeExceptionally(
                                                new IllegalStateException("no answer"));
                                    }
                                });
        questions.onNext(question);
        ServerReflectionResponse response = answer.get(20, TimeUnit.SECONDS);
        questions.onCompleted();
        return response;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}

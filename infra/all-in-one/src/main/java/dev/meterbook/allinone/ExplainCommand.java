package dev.meterbook.allinone;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.meterbook.allinone.export.Explanation;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why a call costs what it costs. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Tells why a call costs what it costs: what was consumed, whose price was taken,"
                        + " each multiplication and the exact result. Needs a running Meterbook of"
                        + " the same data folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExplainCommand implements Callable<Integer> {

    @Mixin SystemOptions.DataOption data;

    @Parameters(paramLabel = "CALL_ID", description = "The id that the caller gave it.")
    String callId;

    @Option(
            names = "--tenant",
            defaultValue = "-",
            description = "Whose call (default: of the one tenant that used the id).")
    String tenant;

    @Option(names = "--json", description = "As JSON, every field of the answer.")
    boolean json;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        try (RunningOperator running = RunningOperator.find(data.folder())) {
            ExplainCallResponse explained =
                    running.client()
                            .pricing()
                            .explainCall(
                                    ExplainCallRequest.newBuilder()
                                            .setName("tenants/" + tenant + "/calls/" + callId)
                                            .build());
            if (json) {
                System.out.println(JsonFormat.printer().print(explained));
            } else {
                Explanation.lines(explained).forEach(System.out::println);
            }
        }
        return 0;
    }
}

package dev.meterbook.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtoLintTest {
    @Test
    void has_nothing_to_say_about_a_file_in_good_form() {
        FileDescriptorProto file =
                good().addMessageType(DescriptorProto.newBuilder().setName("Budget"))
                        .setSourceCodeInfo(
                                SourceCodeInfo.newBuilder()
                                        .addLocation(
                                                Location.newBuilder()
                                                        .addAllPath(List.of(4, 0))
                                                        .setLeadingComments(" A ceiling.")))
                        .build();
        assertThat(findings(file)).isEmpty();
    }

    @Test
    void wants_a_version_a_matching_folder_and_the_java_package() {
        FileDescriptorProto file =
                good().setPackage("meterbook.budget").setName("meterbook/Budget.proto").build();
        assertThat(findings(file))
                .containsExactly(
                        "meterbook/Budget.proto: : PACKAGE_VERSION_SUFFIX",
                        "meterbook/Budget.proto: : PACKAGE_DIRECTORY_MATCH",
                        "meterbook/Budget.proto: : FILE_LOWER_SNAKE_CASE",
                        "meterbook/Budget.proto: : JAVA_PACKAGE");
    }

    @Test
    void wants_names_comments_and_no_floating_fields() {
        FileDescriptorProto file =
                good().addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("budget")
                                        .addField(
                                                FieldDescriptorProto.newBuilder()
                                                        .setName("maxAmount")
                                                        .setType(
                                                                FieldDescriptorProto.Type
                                                                        .TYPE_DOUBLE)))
                        .build();
        assertThat(findings(file))
                .containsExactly(
                        FILE + ": budget: COMMENT_MESSAGE",
                        FILE + ": budget: MESSAGE_PASCAL_CASE",
                        FILE + ": budget.maxAmount: COMMENT_FIELD",
                        FILE + ": budget.maxAmount: FIELD_LOWER_SNAKE_CASE",
                        FILE + ": budget.maxAmount: FIELD_NOT_FLOATING");
    }

    @Test
    void wants_prefixed_values_and_an_unspecified_zero() {
        FileDescriptorProto file =
                good().addEnumType(
                                EnumDescriptorProto.newBuilder()
                                        .setName("BudgetPolicy")
                                        .addValue(
                                                EnumValueDescriptorProto.newBuilder()
                                                        .setName("WARN")
                                                        .setNumber(0)))
                        .build();
        assertThat(findings(file))
                .containsExactly(
                        FILE + ": BudgetPolicy: COMMENT_ENUM",
                        FILE + ": BudgetPolicy.WARN: COMMENT_ENUM_VALUE",
                        FILE + ": BudgetPolicy.WARN: ENUM_VALUE_PREFIX",
                        FILE + ": BudgetPolicy.WARN: ENUM_ZERO_VALUE_SUFFIX");
    }

    @Test
    void wants_one_request_per_call_and_an_http_binding() {
        FileDescriptorProto file =
                good().addService(
                                ServiceDescriptorProto.newBuilder()
                                        .setName("Budgets")
                                        .addMethod(
                                                MethodDescriptorProto.newBuilder()
                                                        .setName("GetBudget")
                                                        .setInputType(".meterbook.budget.v1.Get")
                                                        .setOutputType(
                                                                ".meterbook.budget.v1.Budget")))
                        .build();
        assertThat(findings(file))
                .containsExactly(
                        FILE + ": Budgets: COMMENT_SERVICE",
                        FILE + ": Budgets: SERVICE_SUFFIX",
                        FILE + ": Budgets.GetBudget: COMMENT_RPC",
                        FILE + ": Budgets.GetBudget: RPC_REQUEST_STANDARD_NAME",
                        FILE + ": Budgets.GetBudget: RPC_HTTP_BINDING");
    }

    @Test
    void leaves_the_files_of_others_alone() {
        FileDescriptorProto file = good().setName("google/api/http.proto").setPackage("x").build();
        assertThat(findings(file)).isEmpty();
    }

    private static final String FILE = "meterbook/budget/v1/budget.proto";

    private static FileDescriptorProto.Builder good() {
        return FileDescriptorProto.newBuilder()
                .setName(FILE)
                .setPackage("meterbook.budget.v1")
                .setSyntax("proto3")
                .setOptions(
                        FileOptions.newBuilder()
                                .setJavaMultipleFiles(true)
                                .setJavaPackage("dev.meterbook.proto.budget.v1"));
    }

    private static List<String> findings(FileDescriptorProto file) {
        return ProtoLint.findings(
                FileDescriptorSet.newBuilder().addFile(file).build(), "meterbook/");
    }
}

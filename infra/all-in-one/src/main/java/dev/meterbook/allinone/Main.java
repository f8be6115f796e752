package dev.meterbook.allinone;

import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.embedded.EmbeddedServerException;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

/** The program behind {@code ./meterbook}. */
@Command(
        name = "meterbook",
        description =
                "Meters every generative AI call, prices it, books it, allocates it and stops spend"
                        + " at the ceiling.",
        mixinStandardHelpOptions = true,
        version = "Meterbook 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            ConformanceCommand.class,
            ExplainCommand.class,
            RerateCommand.class,
            SettleCommand.class,
            QuoteCommand.class,
            PricesCommand.class,
            ConsumersCommand.class,
            DeadLettersCommand.class,
            ReplayCommand.class,
            RunCommand.class,
            ProvisionCommand.class
        })
public final class Main implements Runnable {

    /** A command that could not be carried out. */
    static final int FAILED = 1;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets the field
    private CommandLine.Model.CommandSpec spec;

    Main() {}

    /** Runs a command; the status is 0 if it was carried out and what it checks holds. */
    public static void main(String[] args) {
        LogFile.configure(args);
        System.exit(execute(args));
    }

    /** As {@link #main}, without ending the process. */
    static int execute(String... args) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain)
                .execute(args);
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.err);
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
    }

    /** One line for people; the whole story is in the log. */
    private static int explain(Exception failed, CommandLine command, ParseResult parsed) {
        Logger log = LoggerFactory.getLogger(Main.class);
        log.error("{} failed", command.getCommandName(), failed);
        System.err.println("meterbook: " + line(failed));
        return failed instanceof CommandFailure ? FAILED : ExitCode.SOFTWARE;
    }

    private static String line(Exception failed) {
        if (failed instanceof CommandFailure || failed instanceof EmbeddedServerException) {
            return String.valueOf(failed.getMessage());
        }
        if (failed instanceof StatusRuntimeException refused) {
            return refused.getStatus().getCode() + " " + refused.getStatus().getDescription();
        }
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String what = cause.getClass().getSimpleName();
        if (what.startsWith("FlywayValidate")) {
            return "data: made by another version of Meterbook (expected: that version, or another"
                    + " folder by --data); see "
                    + LogFile.path();
        }
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return "%s: %s; see %s".formatted(what, message, LogFile.path());
    }
}

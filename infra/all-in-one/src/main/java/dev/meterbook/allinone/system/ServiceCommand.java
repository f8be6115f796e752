package dev.meterbook.allinone.system;

import java.util.List;

/** How one service is started in the foreground. */
public final class ServiceCommand {

    private ServiceCommand() {}

    /**
     * The process to start; its environment is that of this process, with the passwords of this
     * service where it names none.
     */
    public static ProcessBuilder of(Service service, Secrets secrets) {
        ProcessBuilder builder = new ProcessBuilder(ServiceProcess.command(service, List.of()));
        builder.environment().put(service.passwordVariable(), secrets.password(service));
        builder.environment().put(service.ownerPasswordVariable(), secrets.ownerPassword(service));
        if (service == Service.GATEWAY) {
            builder.environment().put(Secrets.OPERATOR_KEY, secrets.operatorKey());
        }
        return builder;
    }
}

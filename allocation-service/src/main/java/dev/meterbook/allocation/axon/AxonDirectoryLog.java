package dev.meterbook.allocation.axon;

import dev.meterbook.allocation.application.ChangedMeanwhileException;
import dev.meterbook.allocation.application.DirectoryLog;
import dev.meterbook.allocation.domain.Decision;
import dev.meterbook.allocation.domain.DirectoryCommand;
import dev.meterbook.platform.consumer.LogTail;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;

/** Hands commands to the aggregates. */
public final class AxonDirectoryLog implements DirectoryLog {

    private final CommandGateway commands;
    private final LogTail tail;

    /**
     * The directory's log.
     *
     * @param commands gateway of the allocation service
     * @param tail keeps the rules of allocation up to date
     */
    public AxonDirectoryLog(CommandGateway commands, LogTail tail) {
        this.commands = commands;
        this.tail = tail;
    }

    @Override
    public Decision handle(DirectoryCommand command) {
        try {
            return commands.sendAndWait(command);
        } catch (ConcurrencyException changed) {
            throw new ChangedMeanwhileException(changed);
        }
    }

    @Override
    public void catchUp() {
        tail.catchUp();
    }
}

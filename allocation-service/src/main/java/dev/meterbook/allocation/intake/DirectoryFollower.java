package dev.meterbook.allocation.intake;

import dev.meterbook.allocation.domain.Directory;
import dev.meterbook.allocation.domain.DirectoryEvent;
import dev.meterbook.platform.axon.EventCodecs;
import dev.meterbook.platform.consumer.LogFollower;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.util.Set;

/** Keeps the rules of allocation up to date with this service's own log. */
public final class DirectoryFollower implements LogFollower {

    private final Directory directory;
    private final EventCodecs codecs;

    /**
     * A follower.
     *
     * @param directory what it keeps up to date
     * @param codecs how facts are stored
     */
    public DirectoryFollower(Directory directory, EventCodecs codecs) {
        this.directory = directory;
        this.codecs = codecs;
    }

    @Override
    public String log() {
        return "allocation";
    }

    @Override
    public String service() {
        return "allocation";
    }

    @Override
    public Set<String> eventNames() {
        return codecs.eventNames();
    }

    @Override
    public void apply(StoredEvent event) {
        directory.apply(event.position(), (DirectoryEvent) codecs.decode(event));
    }
}

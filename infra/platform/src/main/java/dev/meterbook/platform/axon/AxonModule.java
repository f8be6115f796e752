package dev.meterbook.platform.axon;

import java.util.List;
import org.axonframework.config.Configurer;

/** What a service adds to its Axon configuration; implemented by a bean. */
public interface AxonModule {

    /** The service, such as {@code budget}. */
    String service();

    /** Codecs of every event that the service's aggregates store. */
    List<EventCodec<?>> codecs();

    /**
     * Registers aggregates, command handlers and subscribing event handlers. Subscribing handlers
     * run in the transaction of the command.
     */
    void configure(Configurer configurer);
}

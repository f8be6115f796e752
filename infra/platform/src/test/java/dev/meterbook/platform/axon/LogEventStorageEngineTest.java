package dev.meterbook.platform.axon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogEventStorageEngineTest {

    private PlatformContext platform;

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    record Raise(@TargetAggregateIdentifier String counter, int by) {}

    record Raised(String counter, int by) {}

    /** The smallest aggregate: a sum that may not pass 10. */
    static class Counter {
        @SuppressWarnings("UnusedVariable") // Axon reads it
        @AggregateIdentifier
        private @Nullable String id;

        private int sum;

        protected Counter() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        int handle(Raise command) {
            if (sum + command.by() > 10) {
                throw new IllegalArgumentException("too much");
            }
            AggregateLifecycle.apply(new Raised(command.counter(), command.by()));
            return sum;
        }

        @EventSourcingHandler
        void on(Raised event) {
            id = event.counter();
            sum += event.by();
        }
    }

    /** Runs within the command's transaction. */
    static final class Guard {
        @EventHandler
        void on(Raised event) {
            if (event.by() == 7) {
                throw new IllegalStateException("seven is refused");
            }
        }
    }

    @Singleton
    static final class Module implements AxonModule {

        @Override
        public String service() {
            return "ledger";
        }

        @Override
        public List<EventCodec<?>> codecs() {
            return List.of(
                    new EventCodec<>(
                            EventType.of("ledger.Raised"),
                            Raised.class,
                            event -> "acme",
                            event -> (event.counter() + "," + event.by()).getBytes(UTF_8),
                            Module::raised));
        }

        private static Raised raised(byte[] bytes) {
            String text = new String(bytes, UTF_8);
            int comma = text.indexOf(',');
            return new Raised(
                    text.substring(0, comma), Integer.parseInt(text.substring(comma + 1)));
        }

        @Override
        public void configure(Configurer configurer) {
            configurer.configureAggregate(Counter.class);
            configurer.eventProcessing().registerEventHandler(any -> new Guard());
        }
    }

    private int raise(int by) {
        Integer sum =
                platform.context()
                        .getBean(CommandGateway.class, Qualifiers.byName("ledger"))
                        .sendAndWait(new Raise("c1", by));
        return sum == null ? 0 : sum;
    }

    private List<StoredEvent> stored() {
        return platform.database()
                .read(transaction -> platform.log().reader().ofAggregate(transaction, "c1", 0));
    }

    @Test
    void an_aggregate_lives_on_after_a_restart() {
        assertThat(raise(4)).isEqualTo(4);
        assertThat(raise(5)).isEqualTo(9);

        platform.restart();

        assertThat(raise(1)).isEqualTo(10);
        assertThat(stored()).extracting(StoredEvent::sequence).containsExactly(0L, 1L, 2L);
        assertThat(stored().getFirst().tenantId()).isEqualTo("acme");
        assertThat(stored().getFirst().type()).isEqualTo(new EventType("ledger.Raised", 1));
    }

    @Test
    void a_refused_command_stores_nothing() {
        raise(4);

        assertThatThrownBy(() -> raise(8))
                .isInstanceOfAny(CommandExecutionException.class, IllegalArgumentException.class)
                .hasMessage("too much");

        assertThat(stored()).hasSize(1);
    }

    @Test
    void a_failing_handler_takes_the_event_back() {
        assertThatThrownBy(() -> raise(7)).hasStackTraceContaining("seven is refused");

        assertThat(stored()).isEmpty();
    }

    @Test
    void the_later_of_two_writers_of_one_aggregate_is_refused() {
        EventStorageEngine engine =
                new LogEventStorageEngine(
                        platform.database(),
                        platform.log(),
                        new EventCodecs(new Module().codecs()));
        engine.appendEvents(message(0));

        assertThatThrownBy(() -> engine.appendEvents(message(0)))
                .isInstanceOf(ConcurrencyException.class);
    }

    private static GenericDomainEventMessage<Raised> message(long sequence) {
        return new GenericDomainEventMessage<>(
                "Counter",
                "c2",
                sequence,
                new Raised("c2", 1),
                Map.of(),
                UUID.randomUUID().toString(),
                Instant.EPOCH);
    }

    @Test
    void the_log_can_be_read_as_a_stream_of_tracked_events() {
        raise(1);
        raise(2);
        EventStorageEngine engine =
                new LogEventStorageEngine(
                        platform.database(),
                        platform.log(),
                        new EventCodecs(new Module().codecs()));

        assertThat(engine.readEvents(null, false))
                .extracting(each -> (Object) each.getPayload())
                .containsExactly(new Raised("c1", 1), new Raised("c1", 2));
    }
}

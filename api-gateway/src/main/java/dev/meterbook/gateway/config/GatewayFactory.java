package dev.meterbook.gateway.config;

import dev.meterbook.gateway.access.KeyRing;
import dev.meterbook.gateway.access.PortalUsers;
import dev.meterbook.gateway.access.Secrets;
import dev.meterbook.gateway.backend.PortalCredential;
import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.session.RedisLink;
import dev.meterbook.gateway.session.Sessions;
import dev.meterbook.gateway.session.SignIn;
import dev.meterbook.gateway.session.SignInThrottle;
import dev.meterbook.gateway.session.Tls;
import dev.meterbook.gateway.transcoding.Backends;
import dev.meterbook.gateway.transcoding.Contracts;
import dev.meterbook.gateway.transcoding.Routes;
import dev.meterbook.gateway.transcoding.Transcoder;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.security.ApiKey;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** Puts the parts of the gateway together. */
@Factory
final class GatewayFactory {

    private static final String GATEWAY = "gateway";

    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Singleton
    Secrets secrets(SecureRandom random) {
        return new Secrets(random);
    }

    /** Eager, so that a wrong operator key stops the start. */
    @Context
    KeyRing keyRing(
            @Named(GATEWAY) Database database,
            @Named(GATEWAY) EventLog log,
            Clock clock,
            Secrets secrets,
            GatewaySettings settings) {
        KeyRing keys = new KeyRing(database, log, clock, secrets);
        if (!settings.operatorKey().isEmpty()) {
            keys.seed(
                    ApiKey.parse(settings.operatorKey())
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "METERBOOK_OPERATOR_KEY: not a key"
                                                            + " (expected: mb_<id>_<secret>)")));
        }
        return keys;
    }

    @Singleton
    PortalUsers portalUsers(@Named(GATEWAY) Database database, Clock clock, SecureRandom random) {
        return new PortalUsers(database, clock, random);
    }

    @Singleton
    @Bean(preDestroy = "close")
    RedisLink redisLink(GatewaySettings settings) {
        return new RedisLink(settings.redisUrl());
    }

    @Singleton
    SignIn signIn(PortalUsers users, RedisLink redis, Secrets secrets, Clock clock) {
        return new SignIn(users, new Sessions(redis, secrets, clock), new SignInThrottle(redis));
    }

    /** Eager, so that the services know the key before the first page asks. */
    @Context
    @Bean(preDestroy = "close")
    PortalCredential portalCredential(KeyRing keys, Secrets secrets, Clock clock) {
        return new PortalCredential(keys, secrets, clock);
    }

    @Singleton
    Contracts contracts() {
        return Contracts.load();
    }

    @Singleton
    Transcoder transcoder(Contracts contracts, Backends backends, GatewaySettings settings) {
        return new Transcoder(new Routes(contracts), backends, settings.deadline());
    }

    @Singleton
    Services.Source services(
            Backends backends, PortalCredential credential, GatewaySettings settings) {
        return Services.Source.of(backends, credential, settings.pageDeadline());
    }

    @Singleton
    Tls tls(GatewaySettings settings) {
        return new Tls(settings.tls());
    }
}

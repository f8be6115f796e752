package dev.meterbook.metering.intake;

import dev.meterbook.metering.application.TenantRegister;
import dev.meterbook.metering.domain.Tenants;
import dev.meterbook.platform.consumer.LogTail;
import dev.meterbook.platform.consumer.LogTails;
import jakarta.inject.Singleton;

/** The directory, read to the head of its log before a tenant is called unknown. */
@Singleton
final class FollowedTenants implements TenantRegister {

    private final TenantDirectory directory;
    private final LogTail tail;

    FollowedTenants(TenantDirectory directory, LogTails tails) {
        this.directory = directory;
        this.tail = tails.of(directory);
    }

    @Override
    public Tenants forRequest() {
        return new LookingOnceMore();
    }

    /** Used by one thread. */
    private final class LookingOnceMore implements Tenants {
        private boolean looked;

        @Override
        public Standing standing(String tenant) {
            Standing standing = directory.standing(tenant);
            if (standing != Standing.UNKNOWN || looked) {
                return standing;
            }
            looked = true;
            tail.catchUp();
            return directory.standing(tenant);
        }
    }
}

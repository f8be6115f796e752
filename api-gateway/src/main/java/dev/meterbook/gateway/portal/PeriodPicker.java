package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.domain.Period;
import java.time.Instant;
import java.util.List;

/**
 * The choice of a period above a page.
 *
 * @param period what is chosen
 * @param address of the page, without query
 */
public record PeriodPicker(Period period, String address) {

    /** What may be chosen. */
    public List<Period.Preset> presets() {
        return Period.PRESETS;
    }

    /** True if a preset is the one chosen. */
    public boolean isChosen(Period.Preset preset) {
        return preset.key().equals(period.key());
    }

    /** True if two days of one's own are chosen. */
    public boolean isCustom() {
        return period.key().equals(Period.CUSTOM);
    }

    /** The period that an address asks for; this month if it asks for none. */
    static Period chosen(String key, String from, String to, Instant now) {
        boolean byDays = key.equals(Period.CUSTOM) || (key.isEmpty() && !from.isEmpty());
        return byDays
                ? Period.between(from, to).orElseGet(() -> Period.of("", now))
                : Period.of(key, now);
    }
}

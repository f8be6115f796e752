package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;

/**
 * Units are sold in packages.
 *
 * @param size units of a package, above 0
 * @param amount price of a package
 * @param rounding what a package that is not full counts
 */
public record Packages(BigDecimal size, BigDecimal amount, PackageRounding rounding)
        implements ChargeModel {

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the size is not above 0
     */
    public Packages {
        if (size.signum() <= 0) {
            throw new IllegalArgumentException("package_size: " + size + " (expected: above 0)");
        }
    }

    /** How many packages a quantity takes. */
    public BigDecimal count(BigDecimal quantity) {
        ChargeModel.checkNotNegative(quantity);
        return quantity.divide(size, 0, rounding.mode());
    }

    @Override
    public BigDecimal total(BigDecimal quantity) {
        return amount.multiply(count(quantity));
    }

    @Override
    public List<LinePart> lines(Span span) {
        BigDecimal started = count(span.to()).subtract(count(span.from()));
        return started.signum() == 0 ? List.of() : List.of(LinePart.of("usage", amount, started));
    }
}

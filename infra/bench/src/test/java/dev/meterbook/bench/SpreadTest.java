package dev.meterbook.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void takes_the_middle_of_an_odd_number() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
    }

    @Test
    void takes_the_mean_of_the_two_in_the_middle_of_an_even_number() {
        assertThat(Spread.of(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(new Spread(3, 1, 9));
    }

    @Test
    void gives_the_value_that_a_share_does_not_exceed() {
        double[] values = {5, 1, 4, 2, 3};

        assertThat(Spread.quantile(values, 0.5)).isEqualTo(3);
        assertThat(Spread.quantile(values, 0.99)).isEqualTo(5);
        assertThat(Spread.quantile(values, 0)).isEqualTo(1);
        assertThat(Spread.quantile(new double[0], 0.5)).isZero();
    }
}

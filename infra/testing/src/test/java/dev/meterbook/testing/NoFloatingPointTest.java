package dev.meterbook.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoFloatingPointTest {
    @Test
    void has_nothing_to_say_about_exact_arithmetic() throws IOException {
        assertThat(findings(Exact.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Field.class,
                Constant.class,
                Parameter.class,
                Arithmetic.class,
                Narrowed.class,
                Boxed.class,
                Array.class,
                Called.class
            })
    void finds_every_way_to_floating_point(Class<?> type) throws IOException {
        assertThat(findings(type)).isNotEmpty();
    }

    @Test
    void names_the_class_and_the_place() throws IOException {
        assertThat(findings(Field.class))
                .contains("dev.meterbook.testing.NoFloatingPointTest$Field: field rate");
    }

    private static List<String> findings(Class<?> type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = NoFloatingPointTest.class.getResourceAsStream(file)) {
            assertThat(in).isNotNull();
            return NoFloatingPoint.findings(in.readAllBytes());
        }
    }

    /** Class names with F and D in them are no types. */
    record Exact(BigDecimal amount, long units, List<Field> others) {
        Exact doubled() {
            return new Exact(amount.add(amount), 2 * units, others);
        }
    }

    static final class Field {
        float rate;
    }

    static final class Constant {
        String text() {
            return "rate " + Long.toString(1) + 0.5;
        }

        Object value() {
            return 0.25;
        }
    }

    interface Parameter {
        void pay(long[] amounts, double rate);
    }

    static final class Arithmetic {
        long half(long amount) {
            return (long) (amount * 0.5f);
        }
    }

    static final class Narrowed {
        int number(Number amount) {
            return (int) amount.doubleValue();
        }
    }

    interface Boxed {
        Class<?> TYPE = Double.class;
    }

    static final class Array {
        int size() {
            return new double[3].length;
        }
    }

    static final class Called {
        BigDecimal convert(Object amount) {
            return BigDecimal.valueOf(Long.parseLong(amount.toString()) / 3.0);
        }
    }
}

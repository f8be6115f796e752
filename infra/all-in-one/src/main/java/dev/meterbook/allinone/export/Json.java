package dev.meterbook.allinone.export;

/** Writes JSON text by RFC 8259, without blanks. */
final class Json {

    private final StringBuilder text = new StringBuilder();
    private boolean separate;

    Json beginObject() {
        return open('{');
    }

    Json endObject() {
        return close('}');
    }

    Json beginArray() {
        return open('[');
    }

    Json endArray() {
        return close(']');
    }

    Json name(String name) {
        separate();
        quote(name);
        text.append(':');
        separate = false;
        return this;
    }

    Json text(String value) {
        separate();
        quote(value);
        return this;
    }

    Json number(long value) {
        separate();
        text.append(value);
        return this;
    }

    private Json open(char bracket) {
        separate();
        text.append(bracket);
        separate = false;
        return this;
    }

    private Json close(char bracket) {
        text.append(bracket);
        separate = true;
        return this;
    }

    private void separate() {
        if (separate) {
            text.append(',');
        }
        separate = true;
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

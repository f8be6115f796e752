package dev.meterbook.allinone.export;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** How exported calls are written. */
public enum CallFormat {
    /** One row a call with a header, by RFC 4180, lines ended by CRLF. */
    CSV {
        @Override
        void begin(Writer out) throws IOException {
            out.write(String.join(",", ExportedCall.COLUMNS) + "\r\n");
        }

        @Override
        void write(ExportedCall call, Writer out) throws IOException {
            String separator = "";
            for (String column : ExportedCall.COLUMNS) {
                String value =
                        column.equals("quantities")
                                ? call.quantitiesText()
                                : call.fields().getOrDefault(column, "");
                out.write(separator + cell(value));
                separator = ",";
            }
            out.write("\r\n");
        }

        private static String cell(String value) {
            boolean quoted =
                    value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
            return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
        }
    },
    /** One JSON object a line; amounts are texts, so that no digit is lost. */
    JSONL {
        @Override
        void begin(Writer out) {
            // Lines need no header.
        }

        @Override
        void write(ExportedCall call, Writer out) throws IOException {
            Json json = new Json().beginObject();
            for (String column : ExportedCall.COLUMNS) {
                if (column.equals("quantities")) {
                    json.name(column).beginObject();
                    for (Map.Entry<String, Long> each : call.quantities().entrySet()) {
                        json.name(each.getKey()).number(each.getValue());
                    }
                    json.endObject();
                } else {
                    json.name(column).text(call.fields().getOrDefault(column, ""));
                }
            }
            out.write(json.endObject() + "\n");
        }
    };

    abstract void begin(Writer out) throws IOException;

    abstract void write(ExportedCall call, Writer out) throws IOException;

    /** Writes all calls of a tenant; how many there were. */
    public long export(CallExport calls, String tenant, Writer out) throws IOException {
        begin(out);
        return calls.export(tenant, call -> write(call, out));
    }
}

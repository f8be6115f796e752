package dev.meterbook.platform.consumer;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts an event that packs items of many tenants, one part for each tenant. The event's content is
 * a message with the texts of all items in {@code repeated string texts}, of which the first is
 * empty; a field of an item named {@code …_text} is an index into them, {@code tenant_text} that of
 * the tenant. A part is such a message too, with the items of one tenant in their order and none
 * but their texts; all else stays as it is.
 */
public final class TenantParts {

    private static final String TEXTS = "texts";
    private static final String TENANT = "tenant_text";
    private static final String INDEX_SUFFIX = "_text";

    /** An index of nothing: whoever reads the part fails at it, as at the whole. */
    private static final int NO_TEXT = -1;

    private TenantParts() {}

    /**
     * The parts of an event, in the order in which tenants first occur.
     *
     * @param event the event
     * @param packed its content
     * @param items name of the field with the items
     * @throws IllegalArgumentException if an item names no tenant
     */
    public static List<StoredEvent> of(StoredEvent event, Message packed, String items) {
        Map<String, Part> parts = new LinkedHashMap<>();
        FieldDescriptor field = packed.getDescriptorForType().findFieldByName(items);
        List<String> texts = texts(packed);
        for (int i = 0; i < packed.getRepeatedFieldCount(field); i++) {
            Message item = (Message) packed.getRepeatedField(field, i);
            parts.computeIfAbsent(tenantOf(item, texts), any -> new Part(packed, field, texts))
                    .add(item);
        }
        List<StoredEvent> events = new ArrayList<>();
        parts.forEach((tenant, part) -> events.add(event(event, tenant, part.content())));
        return events;
    }

    private static List<String> texts(Message packed) {
        FieldDescriptor field = packed.getDescriptorForType().findFieldByName(TEXTS);
        return ((List<?>) packed.getField(field)).stream().map(String::valueOf).toList();
    }

    private static String tenantOf(Message item, List<String> texts) {
        Object index = item.getField(item.getDescriptorForType().findFieldByName(TENANT));
        String tenant = exists((int) index, texts) ? texts.get((int) index) : "";
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException(
                    TENANT + ": " + index + " (expected: the index of a tenant)");
        }
        return tenant;
    }

    private static boolean exists(int index, List<String> texts) {
        return index >= 0 && index < texts.size();
    }

    private static StoredEvent event(StoredEvent whole, String tenant, byte[] content) {
        return new StoredEvent(
                whole.shard(),
                whole.position(),
                tenant,
                whole.key(),
                whole.type(),
                null,
                -1,
                whole.recordTime(),
                content,
                null);
    }

    /** The items of one tenant. */
    private static final class Part {
        private final FieldDescriptor items;
        private final List<String> all;
        private final Message.Builder content;
        private final Map<Integer, Integer> indexes = new LinkedHashMap<>();
        private final List<String> texts = new ArrayList<>();

        Part(Message whole, FieldDescriptor items, List<String> all) {
            this.items = items;
            this.all = all;
            this.content = whole.toBuilder().clearField(items);
            int _ = indexOf(0);
        }

        void add(Message item) {
            Message.Builder own = item.toBuilder();
            item.getAllFields()
                    .forEach(
                            (field, value) -> {
                                if (field.getName().endsWith(INDEX_SUFFIX)) {
                                    own.setField(field, indexOf((int) value));
                                }
                            });
            content.addRepeatedField(items, own.build());
        }

        private int indexOf(int index) {
            if (!exists(index, all)) {
                return NO_TEXT;
            }
            return indexes.computeIfAbsent(
                    index,
                    any -> {
                        texts.add(all.get(index));
                        return texts.size() - 1;
                    });
        }

        byte[] content() {
            FieldDescriptor field = content.getDescriptorForType().findFieldByName(TEXTS);
            content.clearField(field);
            texts.forEach(text -> content.addRepeatedField(field, text));
            return content.build().toByteArray();
        }
    }
}

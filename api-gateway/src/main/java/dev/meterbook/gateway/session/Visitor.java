package dev.meterbook.gateway.session;

import dev.meterbook.gateway.access.PortalRole;
import dev.meterbook.gateway.access.Secrets;
import java.util.Map;

/**
 * A person who is signed in.
 *
 * @param login the sign-in name
 * @param tenant the tenant whose pages the person sees; empty for the operator's people
 * @param role what the person may do
 * @param formToken what every form of this session carries, so that no other site can send one
 */
public record Visitor(String login, String tenant, PortalRole role, String formToken) {

    /** Name of the field that carries the token. */
    public static final String TOKEN_FIELD = "csrf";

    /** True for the operator's people: they see costs and all tenants. */
    public boolean isOperator() {
        return role.isOperator();
    }

    /** True for those who may issue invoices and keys. */
    public boolean mayChange() {
        return role == PortalRole.OPERATOR_ADMIN;
    }

    /**
     * Demands that a form was made for this session.
     *
     * @throws ForgedFormException if it was not
     */
    public Form accept(Map<String, String> fields) {
        String token = fields.getOrDefault(TOKEN_FIELD, "");
        if (!Secrets.areEqual(token, formToken)) {
            throw new ForgedFormException();
        }
        return new Form(Map.copyOf(fields));
    }

    /** The token stays out of logs. */
    @Override
    public String toString() {
        return "Visitor[" + login + "]";
    }

    /** The fields of a form that was checked. */
    public static final class Form {

        private final Map<String, String> fields;

        private Form(Map<String, String> fields) {
            this.fields = fields;
        }

        /** A field without blanks around it; empty if it was not sent. */
        public String get(String name) {
            return fields.getOrDefault(name, "").strip();
        }

        /** True if a box was ticked. */
        public boolean has(String name) {
            return fields.containsKey(name);
        }
    }
}

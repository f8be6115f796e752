package dev.meterbook.ledger.grpc;

import dev.meterbook.kernel.Identifiers;
import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.platform.grpc.Refusal;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Names of resources: {@code tenants/acme/invoices/2026-11}. */
final class Names {

    /** Parent of the operator's own accounts. */
    static final String OPERATOR = "operator";

    /** Parent of everyone's. */
    static final String ALL_TENANTS = "tenants/-";

    private static final String TENANT_FORM = "tenants/{tenant}";
    private static final String INVOICE_FORM = "tenants/{tenant}/invoices/{invoice}";
    private static final String ACCOUNT_FORM =
            "tenants/{tenant}/accounts/{account} or operator/accounts/{account}";

    private Names() {}

    /** The tenant of {@code tenants/{tenant}}. */
    static String tenant(String parent) {
        String[] parts = parent.split("/", -1);
        if (parts.length != 2 || !parts[0].equals("tenants") || !Identifiers.isName(parts[1])) {
            throw invalid("parent", parent, TENANT_FORM);
        }
        return parts[1];
    }

    /** The invoice of {@code tenants/{tenant}/invoices/{invoice}}. */
    static InvoiceId invoice(String field, String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 4
                || !parts[0].equals("tenants")
                || !Identifiers.isName(parts[1])
                || !parts[2].equals("invoices")
                || !Identifiers.isName(parts[3])) {
            throw invalid(field, name, INVOICE_FORM);
        }
        return new InvoiceId(parts[1], parts[3]);
    }

    /** The account of a name; its tenant is empty for the operator's. */
    static AccountKey account(String name) {
        String[] parts = name.split("/", name.startsWith(OPERATOR + "/") ? 3 : 4);
        Optional<AccountKey> key = Optional.empty();
        if (parts.length == 4
                && parts[0].equals("tenants")
                && Identifiers.isName(parts[1])
                && parts[2].equals("accounts")) {
            key = AccountKey.parse(parts[1], parts[3]);
        } else if (parts.length == 3 && parts[0].equals(OPERATOR) && parts[1].equals("accounts")) {
            key = AccountKey.parse("", parts[2]);
        }
        return key.orElseThrow(() -> invalid("name", name, ACCOUNT_FORM));
    }

    /** The name of an account. */
    static String of(AccountKey account) {
        return owner(account.tenant()) + "/accounts/" + account.id();
    }

    /** The name of whom something belongs to: a tenant, or the operator if it is empty. */
    static String owner(String tenant) {
        return tenant.isEmpty() ? OPERATOR : "tenants/" + tenant;
    }

    private static StatusRuntimeException invalid(String field, String name, String form) {
        return Refusal.invalid("INVALID_NAME", field, name, form);
    }
}

package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Violation;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.application.CatalogueFile;
import dev.meterbook.pricing.application.CatalogueFile.Label;
import dev.meterbook.pricing.application.CatalogueFile.Outcome;
import dev.meterbook.pricing.domain.Catalogue;
import dev.meterbook.pricing.domain.CatalogueDiff;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceHistory.Known;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.intake.CatalogueStore;
import dev.meterbook.pricing.intake.PriceBooks;
import dev.meterbook.proto.pricing.v1.CatalogueChange;
import dev.meterbook.proto.pricing.v1.CatalogueDifference;
import dev.meterbook.proto.pricing.v1.ExportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.ExportCatalogueResponse;
import dev.meterbook.proto.pricing.v1.ImportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.ImportCatalogueResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Takes catalogues over, and gives them back. */
@Singleton
final class CatalogueImports {

    private static final int MAX_DOCUMENT = 3_000_000;
    private static final int MAX_VERSION = 64;
    private static final int MAX_SOURCE = 500;

    private final PriceBooks books;
    private final CatalogueStore store;
    private final Clock clock;

    CatalogueImports(PriceBooks books, CatalogueStore store, Clock clock) {
        this.books = books;
        this.store = store;
        this.clock = clock;
    }

    ImportCatalogueResponse take(ImportCatalogueRequest request) {
        Caller.current().requireOperator(Scope.ADMIN);
        Optional<Known<Catalogue>> before = known(request.getCatalogue());
        Catalogue catalogue = read(request, before.isEmpty() ? Instant.EPOCH : clock.instant());
        if (before.isPresent() && isSame(before.get().value(), catalogue)) {
            return ImportCatalogueResponse.newBuilder()
                    .setCatalogue(CatalogueCalls.toProto(before.get()))
                    .setUnchanged(true)
                    .build();
        }
        Known<Catalogue> after =
                request.getDryRun() ? new Known<>(catalogue, clock.instant()) : stored(catalogue);
        ImportCatalogueResponse.Builder answer =
                ImportCatalogueResponse.newBuilder().setCatalogue(CatalogueCalls.toProto(after));
        for (CatalogueDiff.Change change :
                CatalogueDiff.between(before.map(Known::value).orElse(null), catalogue)) {
            answer.addChanges(toProto(change));
        }
        return answer.build();
    }

    private Optional<Known<Catalogue>> known(String id) {
        return books.caughtUp().catalogues().stream()
                .filter(each -> each.value().id().equals(id))
                .findFirst();
    }

    /** A repeat does not have to name the moment that was chosen for it. */
    private static boolean isSame(Catalogue before, Catalogue catalogue) {
        return before.version().equals(catalogue.version())
                && before.edition().document().equals(catalogue.edition().document());
    }

    private Known<Catalogue> stored(Catalogue catalogue) {
        if (store.appendEdition(catalogue) instanceof AppendOutcome.Conflict) {
            throw Refusal.exists(
                    "CATALOGUE_VERSION_EXISTS",
                    "version: "
                            + catalogue.version()
                            + " (expected: a version that "
                            + catalogue.id()
                            + " has not had)");
        }
        return known(catalogue.id()).orElseThrow();
    }

    private Catalogue read(ImportCatalogueRequest request, Instant usualStart) {
        Findings findings = new Findings();
        Label label = label(request, usualStart, findings);
        if (request.getDocument().length() > MAX_DOCUMENT) {
            findings.add(
                    "DOCUMENT_TOO_LARGE",
                    "document",
                    request.getDocument().length() + " characters",
                    "at most " + MAX_DOCUMENT);
        }
        Answers.refuseIfAny(findings);
        return switch (CatalogueFile.readEdition(request.getDocument(), label)) {
            case Outcome.Read read -> read.catalogue();
            case Outcome.Refused refused -> throw Refusal.invalid(located(refused));
        };
    }

    private static Violation located(Outcome.Refused refused) {
        Violation violation = refused.violation();
        return new Violation(
                violation.reason(),
                "document line " + refused.line() + ": " + violation.field(),
                violation.value(),
                violation.expected());
    }

    private Label label(ImportCatalogueRequest request, Instant usualStart, Findings findings) {
        checkText(request.getVersion(), 1, MAX_VERSION, "version", findings);
        checkText(request.getSource(), 0, MAX_SOURCE, "source", findings);
        CurrencyCode currency =
                request.getCurrencyCode().isEmpty()
                        ? CurrencyCode.USD
                        : PriceChecks.currency(
                                request.getCurrencyCode(), "currency_code", findings);
        return new Label(
                PriceChecks.name(request.getCatalogue(), "INVALID_ID", "catalogue", findings),
                request.getVersion(),
                currency,
                request.getSource(),
                checkDate(request.getCheckDate(), findings),
                request.hasEffectiveStartTime()
                        ? Times.micros(
                                request.getEffectiveStartTime(), "effective_start_time", findings)
                        : Validity.micros(usualStart));
    }

    private String checkDate(String text, Findings findings) {
        try {
            return (text.isEmpty()
                            ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                            : LocalDate.parse(text))
                    .toString();
        } catch (DateTimeParseException notDate) {
            findings.add("INVALID_DATE", "check_date", text, "YYYY-MM-DD");
            return text;
        }
    }

    private static void checkText(
            String text, int least, int most, String field, Findings findings) {
        if (text.length() < least || text.length() > most) {
            findings.add(
                    "INVALID_LENGTH",
                    field,
                    text.length() + " characters",
                    least + " to " + most + " characters");
        }
    }

    ExportCatalogueResponse give(ExportCatalogueRequest request) {
        var _ = Caller.current().require(Scope.READ);
        Known<Catalogue> known =
                known(request.getCatalogue())
                        .filter(each -> !each.value().edition().document().isEmpty())
                        .orElseThrow(
                                () -> Refusal.notFound("NO_CATALOGUE", request.getCatalogue()));
        Catalogue.Edition edition = known.value().edition();
        return ExportCatalogueResponse.newBuilder()
                .setCatalogue(CatalogueCalls.toProto(known))
                .setDocument(edition.document())
                .setSource(edition.source())
                .setCheckDate(edition.checkDate())
                .setEffectiveStartTime(Times.toProto(edition.fromMicros()))
                .build();
    }

    private static CatalogueChange toProto(CatalogueDiff.Change change) {
        CatalogueChange.Builder message =
                CatalogueChange.newBuilder()
                        .setKind(
                                switch (change.kind()) {
                                    case ADDED -> CatalogueChange.Kind.KIND_ADDED;
                                    case CHANGED -> CatalogueChange.Kind.KIND_CHANGED;
                                    case REMOVED -> CatalogueChange.Kind.KIND_REMOVED;
                                })
                        .setProvider(change.provider())
                        .setModel(change.model());
        for (CatalogueDiff.Difference each : change.differences()) {
            message.addDifferences(
                    CatalogueDifference.newBuilder()
                            .setSubject(each.subject())
                            .setBefore(each.before())
                            .setAfter(each.after()));
        }
        return message.build();
    }
}

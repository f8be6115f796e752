package dev.meterbook.pricing.grpc;

import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.application.CommandDesk;
import dev.meterbook.pricing.domain.Contract;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceHistory;
import dev.meterbook.pricing.domain.PriceHistory.Known;
import dev.meterbook.pricing.domain.PricingCommand;
import dev.meterbook.pricing.intake.PriceBooks;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.GetProviderContractRequest;
import dev.meterbook.proto.pricing.v1.ListProviderContractsRequest;
import dev.meterbook.proto.pricing.v1.ListProviderContractsResponse;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers calls about contracts; they are the operator's own business. */
@Singleton
final class ContractCalls {

    private final CommandDesk desk;
    private final PriceBooks books;

    ContractCalls(CommandDesk desk, PriceBooks books) {
        this.desk = desk;
        this.books = books;
    }

    ProviderContract create(CreateProviderContractRequest request) {
        Caller.current().requireOperator(Scope.ADMIN);
        Findings findings = new Findings();
        PricingCommand.CreateContract command = ContractProtos.fromProto(request, findings);
        Answers.refuseIfAny(findings);
        Answers.refuseIfRefused(desk.decide(command));
        return contract(books.caughtUp(), command.contract());
    }

    ProviderContract addPrices(AddContractPricesRequest request) {
        Caller.current().requireOperator(Scope.ADMIN);
        Findings findings = new Findings();
        PricingCommand.AddContractPrices command = ContractProtos.fromProto(request, findings);
        Answers.refuseIfAny(findings);
        Answers.refuseIfRefused(desk.decide(command));
        return contract(books.caughtUp(), command.contract());
    }

    ProviderContract get(GetProviderContractRequest request) {
        Caller.current().requireOperator(Scope.READ);
        return contract(books.history(), ResourceNames.contract(request.getName()));
    }

    private static ProviderContract contract(PriceHistory history, String id) {
        return history.contract(id)
                .map(ContractProtos::toProto)
                .orElseThrow(() -> Refusal.notFound("UNKNOWN_CONTRACT", "contracts/" + id));
    }

    ListProviderContractsResponse list(ListProviderContractsRequest request) {
        Caller.current().requireOperator(Scope.READ);
        int size = Paging.size(request.getPageSize());
        List<Known<Contract>> page =
                books.history()
                        .contracts(
                                Paging.after(request.getPageToken()), request.getProvider(), size);
        return ListProviderContractsResponse.newBuilder()
                .addAllContracts(page.stream().map(ContractProtos::toProto).toList())
                .setNextPageToken(Paging.next(page, size, each -> each.value().id()))
                .build();
    }
}

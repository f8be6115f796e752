package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.session.Visitor;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;

/** Gives controllers the visitor that the filter let in. */
@Singleton
final class VisitorBinder implements TypedRequestArgumentBinder<Visitor> {

    @Override
    public Argument<Visitor> argumentType() {
        return Argument.of(Visitor.class);
    }

    @Override
    public BindingResult<Visitor> bind(
            ArgumentConversionContext<Visitor> context, HttpRequest<?> source) {
        return () -> source.getAttribute(SessionFilter.VISITOR, Visitor.class);
    }
}

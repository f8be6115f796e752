package dev.meterbook.bench;

import dev.meterbook.proto.metering.v1.MeteredCall;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What the calls of a user, application and model have in common. Those of the users that are heard
 * most are kept, so that making a call costs the bench little; those of all would fill the heap
 * that the services share with it. Safe for use by many threads.
 */
final class CallTemplates {

    /** Applications of a user, and models of each. */
    static final int CHOICES = 3;

    private static final int KEPT_USERS = 2_000;

    private final Shape shape;
    private final AtomicReferenceArray<MeteredCall> kept;

    CallTemplates(Shape shape) {
        this.shape = shape;
        int users = Math.min(shape.users(), KEPT_USERS);
        this.kept = new AtomicReferenceArray<>(users * CHOICES * CHOICES);
    }

    /**
     * A call without id, time and usage.
     *
     * @param user from 0, those heard most first
     * @param app which of the user's applications, from 0
     * @param model which of the application's models, from 0
     */
    MeteredCall of(int user, int app, int model) {
        int index = (user * CHOICES + app) * CHOICES + model;
        if (index >= kept.length()) {
            return made(user, app, model);
        }
        MeteredCall known = kept.get(index);
        if (known == null) {
            known = made(user, app, model);
            kept.set(index, known);
        }
        return known;
    }

    private MeteredCall made(int user, int appChoice, int modelChoice) {
        int app = (user * 7 + appChoice * 13) % shape.apps();
        int model = (app * 5 + user + modelChoice * 11) % shape.models();
        return MeteredCall.newBuilder()
                .setTenant(Market.tenant(user % shape.tenants()))
                .setApplication(Market.application(app))
                .setProvider(Market.provider(model))
                .setRequestedModel(Market.model(model))
                .setServedModel(Market.model(model))
                .setCustomer("customer-" + user % 500)
                .setUser("user-" + user)
                .setCostCenter("center-" + user % 1_000)
                .setEnvironment("production")
                .setUseCase("use-case-" + app % 20)
                .setFeature("feature-" + appChoice)
                .setRequestType("chat")
                .setRegion("eu-west-1")
                .setWorkflow("workflow-" + user % 40)
                .setRun("run-" + user + "-" + appChoice)
                .build();
    }
}

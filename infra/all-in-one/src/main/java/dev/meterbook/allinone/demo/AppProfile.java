package dev.meterbook.allinone.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An application of a tenant, and how it uses models.
 *
 * @param company whose it is
 * @param application its id
 * @param useCases what it is used for; one is chosen for each call
 * @param shape how long its prompts and answers are
 * @param models the models it calls
 * @param weight how often it calls, compared with the others
 */
record AppProfile(
        Company company,
        String application,
        List<String> useCases,
        TraceShape shape,
        List<ModelChoice> models,
        int weight) {

    /**
     * A model, and how an application uses it.
     *
     * @param provider the provider
     * @param model the model
     * @param cachedPercent share of its calls that read half of their input from the prompt cache
     * @param reasoningPercent share of the output that is reasoning
     * @param weight how often it is called, compared with the others
     */
    record ModelChoice(
            String provider, String model, int cachedPercent, int reasoningPercent, int weight) {

        /** True for providers that count input without cached tokens. */
        boolean countsWithoutCache() {
            return provider.equals("anthropic");
        }
    }

    private static final ModelChoice CHAT =
            new ModelChoice(DemoPrices.CHAT_PROVIDER, DemoPrices.CHAT_MODEL, 40, 20, 70);
    private static final ModelChoice CODE =
            new ModelChoice(DemoPrices.CODE_PROVIDER, DemoPrices.CODE_MODEL, 60, 0, 70);

    /** Nobody has a price for it: its calls wait until somebody tells one. */
    private static final ModelChoice SELF_HOSTED =
            new ModelChoice("self-hosted", "report-writer-7b", 0, 0, 2);

    /** The applications of the demo. */
    static final List<AppProfile> ALL =
            List.of(
                    new AppProfile(
                            Company.ACME,
                            "chat-assistant",
                            List.of("conversation", "hand-over", "summary"),
                            TraceShape.CONVERSATION,
                            List.of(
                                    CHAT,
                                    new ModelChoice("openai", "gpt-5", 40, 40, 20),
                                    new ModelChoice("google", "gemini-2.5-flash", 20, 20, 10)),
                            40),
                    new AppProfile(
                            Company.ACME,
                            "search-answers",
                            List.of("retrieval", "rerank"),
                            TraceShape.CONVERSATION,
                            List.of(
                                    new ModelChoice("openai", "gpt-4.1-mini", 20, 0, 60),
                                    new ModelChoice("mistral", "mistral-small-2603", 0, 0, 40)),
                            10),
                    new AppProfile(
                            Company.GLOBEX,
                            "code-assistant",
                            List.of("completion", "review", "explain"),
                            TraceShape.CODING,
                            List.of(
                                    CODE,
                                    new ModelChoice("anthropic", "claude-haiku-4-5", 50, 10, 30)),
                            30),
                    new AppProfile(
                            Company.GLOBEX,
                            "ticket-triage",
                            List.of("classification"),
                            TraceShape.CONVERSATION,
                            List.of(new ModelChoice("openai", "gpt-5-nano", 30, 10, 100)),
                            8),
                    new AppProfile(
                            Company.INITECH,
                            "report-writer",
                            List.of("report", "translation"),
                            TraceShape.CONVERSATION,
                            List.of(
                                    new ModelChoice("google", "gemini-2.5-pro", 20, 30, 58),
                                    new ModelChoice("aws", "amazon.nova-pro-v1:0", 0, 0, 40),
                                    SELF_HOSTED),
                            12));

    /** Chooses an application by weight. */
    static AppProfile choose(RandomGenerator random) {
        return ALL.get(chosen(random, ALL.stream().mapToInt(AppProfile::weight).toArray()));
    }

    /** Chooses one of its models by weight. */
    ModelChoice chooseModel(RandomGenerator random) {
        return models.get(chosen(random, models.stream().mapToInt(ModelChoice::weight).toArray()));
    }

    private static int chosen(RandomGenerator random, int[] weights) {
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }
        int at = random.nextInt(total);
        int index = 0;
        while (at >= weights[index]) {
            at -= weights[index];
            index++;
        }
        return index;
    }
}

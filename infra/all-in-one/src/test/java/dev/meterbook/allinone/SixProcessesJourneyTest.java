package dev.meterbook.allinone;

/** Each service in a process of its own, on one PostgreSQL and one Redis. */
class SixProcessesJourneyTest extends JourneyScenario {

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.SIX_PROCESSES;
    }
}

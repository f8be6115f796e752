package dev.meterbook.allinone;

/** All services in one process. */
class OneProcessJourneyTest extends JourneyScenario {

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.ONE_PROCESS;
    }
}

package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Faults;
import hallows.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ProduceRequestData;
import org.junit.jupiter.api.Test;

/// Clients that ask for much and take little of it.
class UnsentMemoryTest {
    private static final int VERSION = 12;
    private static final int MEMORY_BYTES = 8 << 20;
    private static final int DEAF = 200;

    /// More than a host and a connection take in for one that never reads.
    private static final int FETCHES = 200;

    /// Of these the share holds two, and a host as many.
    private static final int LARGE_BYTES = 60_000;

    @Test
    void hundredsThatNeverReadHarmNobody() {
        Simulation simulation = new Simulation(1, Faults.NONE);
        try (FrontScenario front =
                new FrontScenario(
                        simulation,
                        FrontScenario.options(MEMORY_BYTES),
                        Images.orchard(),
                        ProduceTest.NO_CONTROLLER)) {
            RawClient good = front.connect();
            front.ask(good, produce(1_900), 9);
            deaf(front, DEAF);
            for (int i = 0; i < 60; i++) {
                long before = front.simulation.nanos();
                front.ask(good, produce(20_000), 9);
                front.ask(good, FetchTest.request(VERSION, 0, 0, -1), VERSION);
                long took = front.simulation.nanos() - before;
                assertTrue(took < Duration.ofSeconds(1).toNanos(), () -> took + " ns");
                front.simulation.runFor(Duration.ofMillis(100));
            }
            assertFalse(good.closed);
            front.clients.forEach(client -> front.let(client, RawClient::hangUp));
            front.run(() -> front.broker().liveBytes() == 0);
        }
    }

    @Test
    void whoHasTakenNothingForLongestGoesFirst() {
        try (FrontScenario front = ProduceTest.scenario(2)) {
            front.ask(front.connect(), produce(LARGE_BYTES), 9);
            RawClient first = deaf(front);
            front.simulation.runFor(Duration.ofSeconds(20));
            assertFalse(first.closed, "there is memory for all");
            List<RawClient> others = deaf(front, 3);
            RawClient slow = deaf(front);
            takeSome(front, List.of(slow), 4);
            assertTrue(first.closed);
            assertFalse(slow.closed);
            assertFalse(others.stream().allMatch(one -> one.closed), "there is memory for some");
        }
    }

    @Test
    void whoTakesNextToNothingGoesInTheEnd() {
        try (FrontScenario front = ProduceTest.scenario(3)) {
            front.ask(front.connect(), produce(LARGE_BYTES), 9);
            List<RawClient> dripping = deaf(front, 5);
            takeSome(front, dripping, 20);
            dripping.forEach(one -> assertFalse(one.closed, "it takes what it is sent"));
            takeSome(front, dripping, 40);
            assertTrue(dripping.stream().anyMatch(one -> one.closed));
            assertFalse(dripping.stream().allMatch(one -> one.closed));
        }
    }

    private static List<RawClient> deaf(FrontScenario front, int count) {
        return Stream.generate(() -> deaf(front)).limit(count).toList();
    }

    private static RawClient deaf(FrontScenario front) {
        RawClient client = front.connect();
        front.let(client, one -> one.reads = false);
        for (int i = 0; i < FETCHES; i++) {
            front.send(client, FetchTest.request(VERSION, 0, 0, -1), VERSION);
        }
        return client;
    }

    private static void takeSome(FrontScenario front, List<RawClient> clients, int seconds) {
        for (int second = 0; second < seconds; second++) {
            clients.forEach(client -> front.let(client, one -> one.readSome(1_000)));
            front.simulation.runFor(Duration.ofSeconds(1));
        }
    }

    private static ProduceRequestData produce(int bytes) {
        return ProduceTest.request(9, 0, ProduceTest.records("r".repeat(bytes)));
    }
}

package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.PartitionId;
import hallows.simulation.Faults;
import hallows.simulation.Seeds;
import hallows.simulation.Simulation;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.Test;

/// Connections whatever their clients do, before a broker that takes its time.
class ConnectionSimulationTest {
    private static final int SEEDS = 8;
    private static final int REQUESTS = 90;

    @Test
    void repliesComeInTheOrderOfTheRequests() {
        Seeds.forEach(
                ConnectionSimulationTest.class,
                SEEDS,
                seed -> {
                    try (FrontScenario front = ProduceTest.scenario(seed)) {
                        front.broker().moody = true;
                        RawClient client = front.connect();
                        for (int i = 0; i < REQUESTS; i++) {
                            mixed(front, client, i);
                        }
                        front.run(() -> client.frames().size() == REQUESTS);
                        for (int i = 0; i < REQUESTS; i++) {
                            assertEquals(i, Frames.correlationId(client.frames().get(i)));
                        }
                        assertFalse(client.closed);
                    }
                });
    }

    private static void mixed(FrontScenario front, RawClient client, int i) {
        switch (i % 7) {
            case 3 -> front.send(client, new ApiVersionsRequestData(), 2);
            case 5 -> front.send(client, FetchTest.request(12, i, 0, -1), 12);
            default -> front.send(client, produce(i), 9);
        }
    }

    static ProduceRequestData produce(int i) {
        return ProduceTest.request(
                9, i % 3, ProduceTest.records(String.valueOf(i).repeat(1 + 50 * i)));
    }

    @Test
    void producesOfOneClientGoToTheBrokerInOrder() {
        try (FrontScenario front = ProduceTest.scenario(4)) {
            front.broker().moody = true;
            RawClient client = front.connect();
            Set<String> seen = new TreeSet<>();
            for (int i = 0; i < REQUESTS; i++) {
                ApiMessage request =
                        ProduceTest.request(
                                9, 0, ProduceTest.records(String.valueOf((char) (' ' + i))));
                front.send(client, request, 9);
            }
            front.run(() -> client.frames().size() == REQUESTS);
            for (byte[] batch : front.broker().log(Images.partition(Images.APPLES, 0))) {
                // The value is the last byte but one: no headers follow it.
                seen.add(String.valueOf((char) batch[batch.length - 2]));
                assertEquals(' ' + seen.size() - 1, batch[batch.length - 2]);
            }
            assertEquals(REQUESTS, seen.size());
        }
    }

    @Test
    void whateverTheNetworkDoesNothingIsLeftBehind() {
        Seeds.forEach(
                ConnectionSimulationTest.class,
                SEEDS,
                seed -> {
                    Simulation simulation = new Simulation(seed, Faults.ALL);
                    try (FrontScenario front =
                            new FrontScenario(
                                    simulation,
                                    FrontScenario.options(),
                                    Images.orchard(),
                                    ProduceTest.NO_CONTROLLER)) {
                        front.broker().moody = true;
                        for (int i = 0; i < 3; i++) {
                            RawClient client = front.connect();
                            for (int one = 0; one < REQUESTS; one++) {
                                mixed(front, client, one);
                            }
                        }
                        simulation.runFor(Duration.ofMillis(500));
                        front.let(front.clients.getFirst(), RawClient::hangUp);
                        simulation.runFor(Duration.ofMillis(50));
                    }
                });
    }

    @Test
    void garbageEndsItsConnectionAndNoOther() {
        try (FrontScenario front = ProduceTest.scenario(3)) {
            RawClient good = front.connect();
            byte[][] bad = {
                {0, 0, 0, 0},
                {-1, -1, -1, -1},
                {0, 127, 0, 0},
                {0, 0, 0, 3, 1, 2, 3},
                {0, 0, 0, 8, 0, 18, 0, 0, 0, 0, 0, 0},
                Frames.request(ApiKeys.JOIN_GROUP, (short) 2, 1, new byte[40]),
                Frames.request(ApiKeys.PRODUCE, (short) 2, 1, new byte[40]),
                Frames.request(ApiKeys.METADATA, (short) 12, 1, new byte[] {-1, -1, -1, -1, 15}),
            };
            for (byte[] bytes : bad) {
                RawClient client = front.connect();
                front.send(client, new ApiVersionsRequestData(), 0);
                front.let(client, one -> one.send(bytes));
                front.run(() -> client.closed);
                assertEquals(1, client.frames().size(), "what came before is answered");
            }
            front.ask(good, new ApiVersionsRequestData(), 0);
            assertFalse(good.closed);
        }
    }

    @Test
    void aClientThatNeverReadsIsNotReadFrom() {
        try (FrontScenario front = ProduceTest.scenario(6)) {
            RawClient deaf = front.connect();
            RawClient good = front.connect();
            front.let(deaf, one -> one.reads = false);
            ApiMessage large = ProduceTest.request(9, 0, ProduceTest.records("r".repeat(60_000)));
            front.ask(good, large, 9);
            for (int i = 0; i < 200; i++) {
                front.send(deaf, FetchTest.request(12, 0, 0, -1), 12);
            }
            front.simulation.runFor(Duration.ofSeconds(2));
            for (int i = 0; i < 10; i++) {
                front.ask(good, large, 9);
            }
            front.let(deaf, RawClient::readOn);
            front.run(() -> deaf.frames().size() == 200);
        }
    }

    @Test
    void whoIsIdleForTooLongIsLeft() {
        try (FrontScenario front = ProduceTest.scenario(7)) {
            RawClient idle = front.connect();
            RawClient busy = front.connect();
            for (int i = 0; i < 9; i++) {
                front.simulation.runFor(Duration.ofSeconds(10));
                front.ask(busy, new ApiVersionsRequestData(), 0);
            }
            assertTrue(idle.closed);
            assertFalse(busy.closed);
        }
    }

    @Test
    void whoTakesALargeReplySlowlyIsNotIdle() {
        try (FrontScenario front = ProduceTest.scenario(12)) {
            RawClient slow = front.connect();
            front.ask(slow, HalfSentSimulationTest.large(240_000), 9);
            front.let(slow, one -> one.reads = false);
            front.send(slow, FetchTest.request(12, 0, 0, -1), 12);
            front.simulation.runFor(Duration.ofSeconds(45));
            front.let(slow, one -> one.readSome(70_000));
            front.simulation.runFor(Duration.ofSeconds(45));
            assertFalse(slow.closed, "it takes what it is sent");
            front.simulation.runFor(Duration.ofSeconds(30));
            front.let(slow, RawClient::readOn);
            front.run(() -> slow.closed);
            assertEquals(1, slow.frames().size(), "in the end it took nothing for too long");
        }
    }

    @Test
    void aStopAnswersWhatWasTakenInAtOnce() {
        try (FrontScenario front = ProduceTest.scenario(8)) {
            RawClient client = front.connect();
            FetchRequestData patient = FetchTest.request(12, 0, 0, -1).setMaxWaitMs(60_000);
            front.send(client, patient, 12);
            front.simulation.runFor(Duration.ofMillis(100));
            long before = front.simulation.nanos();
            front.stopServer();
            front.run(() -> client.closed);
            assertEquals(1, client.frames().size());
            assertTrue(front.simulation.nanos() - before < Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void aStopDoesNotWaitForAFetchThatTheBrokerHadNoRoomFor() {
        try (FrontScenario front = ProduceTest.scenario(9)) {
            RawClient client = front.connect();
            front.broker().full = true;
            FetchRequestData patient = FetchTest.request(12, 0, 0, -1).setMaxWaitMs(60_000);
            front.send(client, patient, 12);
            front.simulation.runFor(Duration.ofMillis(100));
            long before = front.simulation.nanos();
            front.requestStop();
            front.simulation.runFor(Duration.ofMillis(100));
            front.broker().full = false;
            front.run(() -> client.closed);
            assertEquals(1, client.frames().size());
            assertTrue(front.simulation.nanos() - before < Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void aStopAnswersWhatTheBrokerHadNoRoomFor() {
        Seeds.forEach(
                ConnectionSimulationTest.class,
                SEEDS,
                seed -> {
                    try (FrontScenario front = ProduceTest.scenario(seed)) {
                        front.broker().moody = true;
                        RawClient client = front.connect();
                        for (int i = 0; i < REQUESTS; i++) {
                            front.send(client, produce(i), 9);
                        }
                        front.run(() -> client.frames().size() > seed);
                        front.stopServer();
                        front.run(() -> client.closed);
                        int kept = 0;
                        for (int partition = 0; partition < 3; partition++) {
                            PartitionId id = Images.partition(Images.APPLES, partition);
                            kept += front.broker().log(id).size();
                        }
                        assertEquals(kept, client.frames().size());
                    }
                });
    }
}

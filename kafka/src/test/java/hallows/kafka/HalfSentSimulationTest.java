package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.Test;

/// Clients that announce much and send it slowly, or never: nobody else is held up by them, and
/// they are answered in the end.
class HalfSentSimulationTest {
    @Test
    void hundredsThatAnnounceMuchHarmNobody() {
        try (FrontScenario front = ProduceTest.scenario(5)) {
            RawClient good = front.connect();
            for (int i = 0; i < 200; i++) {
                // Some have just begun, and some have filled what everybody gets.
                int there = i % 2 == 0 ? 20 : 6000;
                int announced = i % 4 < 2 ? 1 << 18 : 7000;
                RawClient client = front.connect();
                byte[] half = ByteBuffer.allocate(there).putInt(announced).array();
                front.let(client, one -> one.send(half));
            }
            for (int i = 0; i < 20; i++) {
                front.ask(good, ConnectionSimulationTest.produce(i * 10), 9);
            }
            front.ask(good, large(200_000), 9);
            assertEquals(21, good.frames().size());
        }
    }

    static ApiMessage large(int bytes) {
        return ProduceTest.request(9, 0, ProduceTest.records("l".repeat(bytes)));
    }

    /// Of which one fits at a time: each has sent more than half before any sends the rest.
    @Test
    void largeRequestsOfManyAreAllAnswered() {
        try (FrontScenario front = ProduceTest.scenario(9)) {
            byte[] frame = Frames.request(ApiKeys.PRODUCE, (short) 9, 1, large(200_000));
            int half = frame.length / 2 + 1;
            for (int i = 0; i < 6; i++) {
                RawClient client = front.connect();
                front.let(client, one -> one.send(Arrays.copyOf(frame, half)));
            }
            // Not so long that a host begins to ask whether there is room at last.
            front.simulation.runFor(Duration.ofMillis(100));
            byte[] rest = Arrays.copyOfRange(frame, half, frame.length);
            front.clients.forEach(client -> front.let(client, one -> one.send(rest)));
            front.run(() -> front.clients.stream().allMatch(one -> one.frames().size() == 1));
        }
    }

    @Test
    void whoStopsHalfwayKeepsItsMemoryUntilOthersWaitForIt() {
        try (FrontScenario front = ProduceTest.scenario(10)) {
            byte[] frame = Frames.request(ApiKeys.PRODUCE, (short) 9, 1, large(200_000));
            RawClient stopped = front.connect();
            front.let(stopped, one -> one.send(Arrays.copyOf(frame, frame.length - 1)));
            front.simulation.runFor(Duration.ofSeconds(30));
            assertFalse(stopped.closed, "nobody wants what it has");
            RawClient gone = front.connect();
            front.let(gone, one -> one.send(Arrays.copyOf(frame, frame.length - 1)));
            front.simulation.runFor(Duration.ofMillis(50));
            front.let(gone, RawClient::hangUp);
            RawClient good = front.connect();
            front.ask(good, large(200_000), 9);
            assertTrue(stopped.closed);
            assertFalse(good.closed);
        }
    }

    /// A byte now and then does not hold what others wait for.
    @Test
    void whoDripsDoesNotHoldUpOthersForEver() {
        try (FrontScenario front = ProduceTest.scenario(11)) {
            byte[] frame = Frames.request(ApiKeys.PRODUCE, (short) 9, 1, large(200_000));
            RawClient dripping = front.connect();
            front.let(dripping, one -> one.send(Arrays.copyOf(frame, frame.length / 2)));
            front.simulation.runFor(Duration.ofSeconds(1));
            RawClient good = front.connect();
            front.send(good, large(200_000), 9);
            for (int second = 0; second < 40 && !dripping.closed; second++) {
                front.let(dripping, one -> one.send(new byte[1]));
                front.simulation.runFor(Duration.ofSeconds(1));
            }
            assertTrue(dripping.closed);
            front.run(() -> good.frames().size() == 1);
        }
    }
}

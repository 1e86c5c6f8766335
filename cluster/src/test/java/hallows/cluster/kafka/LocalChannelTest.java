package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.Controller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.message.AllocateProducerIdsRequestData;
import org.apache.kafka.common.message.AllocateProducerIdsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AllocateProducerIdsRequest;
import org.apache.kafka.common.requests.AllocateProducerIdsResponse;
import org.apache.kafka.server.common.ControllerRequestCompletionHandler;
import org.apache.kafka.server.util.KafkaScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is asked while nobody leads.
final class LocalChannelTest {
    private final KafkaScheduler scheduler = new KafkaScheduler(1, true, "test-");

    @BeforeEach
    void start() {
        scheduler.startup();
    }

    @AfterEach
    void stop() throws InterruptedException {
        scheduler.shutdown();
    }

    /// Gives `refusals` times the answer that it does not lead.
    private static Controller afterRefusing(AtomicInteger refusals) {
        return _ ->
                CompletableFuture.completedFuture(
                        refusals.getAndDecrement() > 0
                                ? new AllocateProducerIdsResponseData()
                                        .setErrorCode(Errors.NOT_CONTROLLER.code())
                                : new AllocateProducerIdsResponseData().setProducerIdStart(7));
    }

    private CompletableFuture<String> ask(AtomicInteger refusals, long timeoutMillis) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        new LocalChannel(afterRefusing(refusals), scheduler, timeoutMillis)
                .sendRequest(
                        new AllocateProducerIdsRequest.Builder(
                                new AllocateProducerIdsRequestData()),
                        new ControllerRequestCompletionHandler() {
                            @Override
                            public void onTimeout() {
                                outcome.complete("timeout");
                            }

                            @Override
                            public void onComplete(ClientResponse response) {
                                AllocateProducerIdsResponse body =
                                        (AllocateProducerIdsResponse) response.responseBody();
                                outcome.complete("from " + body.data().producerIdStart());
                            }
                        });
        return outcome;
    }

    @Test
    void itIsAskedAgainUntilSomebodyLeads() throws Exception {
        AtomicInteger refusals = new AtomicInteger(2);
        assertEquals("from 7", ask(refusals, 60_000).get(30, TimeUnit.SECONDS));
        assertEquals(-1, refusals.get());
    }

    @Test
    void theTimeIsOver() throws Exception {
        AtomicInteger refusals = new AtomicInteger(Integer.MAX_VALUE);
        assertEquals("timeout", ask(refusals, 60).get(30, TimeUnit.SECONDS));
        assertTrue(refusals.get() < Integer.MAX_VALUE - 1);
    }
}

package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.verify.wire.Frames;
import hallows.verify.wire.Peer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that are broken, hostile or deaf: the broker lives, its memory stays bounded, and
/// somebody who does nothing wrong goes on producing and reading.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final long MEMORY_MAX_BYTES = 1L << 30;
    private static final int HALF_OPEN = 10_000;
    private static final int HALF_SENT = 2_300;
    private static final int LARGE_BYTES = 60 << 20;
    private static final int LARGE_SENDERS = 12;
    private static final int DEAF = 400;
    private static final int DEAF_FETCHES = 60;
    private static final String LARGE = "large";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path home;

    @SuppressWarnings("NullAway.Init")
    private BrokerProcess broker;

    @SuppressWarnings("NullAway.Init")
    private GoodCitizen citizen;

    private final List<Peer> peers = new ArrayList<>();

    @BeforeAll
    void somebodyDoesNothingWrong() throws Exception {
        broker = Brokers.UNDER_TEST.start(home.resolve("data"), Brokers.SETTINGS);
        try (Admin admin = Clients.admin(broker)) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(GoodCitizen.topic(), 1, (short) 1),
                                    new NewTopic(LARGE, 1, (short) 1)))
                    .all()
                    .get();
        }
        citizen = new GoodCitizen(broker);
        citizen.goesOn();
    }

    @AfterEach
    void nobodyIsHarmed() {
        citizen.goesOn();
        assertTrue(broker.isAlive(), () -> broker.failure("is gone", null).getMessage());
        long bytes = broker.residentBytes();
        assertTrue(bytes < MEMORY_MAX_BYTES, () -> bytes + " bytes of memory");
        closeAll();
        citizen.goesOn();
    }

    @AfterAll
    void itStopsInOrder() throws InterruptedException {
        citizen.retire();
        broker.stop();
    }

    private Peer peer() {
        Peer peer = new Peer(broker.address());
        peers.add(peer);
        return peer;
    }

    @Test
    void randomBytes() {
        Random chance = new Random(4);
        for (int client = 0; client < 200; client++) {
            byte[] bytes = new byte[chance.nextInt(1, 2000)];
            chance.nextBytes(bytes);
            // Every other one with a length that is right, so that the rest is looked at.
            if (client % 2 == 0) {
                peer().sendBare(bytes);
            } else {
                peer().send(bytes);
            }
        }
    }

    /// Good headers of every API with random bodies behind them.
    @Test
    void randomBodies() {
        Random chance = new Random(5);
        for (ApiKeys api : ApiKeys.clientApis()) {
            for (int version = api.oldestVersion(); version <= api.latestVersion(); version++) {
                byte[] body = new byte[chance.nextInt(1, 300)];
                chance.nextBytes(body);
                assertSound(api, version, Requests.joined(Frames.header(api.id, version, 1), body));
            }
            closeAll();
        }
    }

    private void assertSound(ApiKeys api, int version, byte[] request) {
        new Reaction(api, version, request).assertSound(peer());
    }

    /// Counts of arrays that no memory holds, with and without flexible encoding.
    @Test
    void absurdCounts() {
        byte[] plain = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        byte[] flexible = {0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};
        for (ApiKeys api : ApiKeys.clientApis()) {
            for (int version : new int[] {api.oldestVersion(), api.latestVersion()}) {
                for (int before = 0; before < 6; before += 2) {
                    byte[] header = Frames.header(api.id, version, 1);
                    byte[] zeros = new byte[before];
                    assertSound(
                            api, version, Requests.joined(header, Requests.joined(zeros, plain)));
                    assertSound(
                            api,
                            version,
                            Requests.joined(header, Requests.joined(zeros, flexible)));
                }
            }
            closeAll();
        }
    }

    private void closeAll() {
        peers.forEach(Peer::close);
        peers.clear();
    }

    @Test
    void framesThatEndEarly() {
        byte[] frame = Frames.sized(Frames.request(Requests.metadata(), (short) 12, 1));
        for (int length = 1; length < frame.length; length++) {
            try (Peer peer = new Peer(broker.address())) {
                peer.sendBare(Arrays.copyOf(frame, length));
            }
        }
    }

    @Test
    void framesThatAreTooLong() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 104_857_601}) {
            Peer peer = peer();
            peer.sendBare(ByteBuffer.allocate(64).putInt(length).array());
            assertTrue(peer.receive("a length of " + length).isEmpty(), "it hangs up");
        }
        // The longest that is allowed, of which the most never comes.
        for (int client = 0; client < Brokers.UNDER_TEST.promisesMax(); client++) {
            peer().sendBare(ByteBuffer.allocate(4096).putInt(104_857_600).array());
        }
    }

    @Test
    void recordsThatAreNone() {
        Random chance = new Random(6);
        for (int size = 0; size < 400; size += 7) {
            byte[] bytes = new byte[size];
            chance.nextBytes(bytes);
            if (size > 16) {
                bytes[16] = 2;
            }
            assertRefused(Requests.produce(LARGE, bytes));
        }
        assertRefused(Requests.produce(LARGE, null));
    }

    /// It can be read, and is refused all the same.
    private void assertRefused(ApiMessage request) {
        Peer peer = peer();
        peer.send(Frames.request(request, (short) 12, 1));
        ByteBuffer reply = peer.receive("no records").orElseThrow();
        ProduceResponseData told =
                (ProduceResponseData) Frames.response(reply, ApiKeys.PRODUCE, (short) 12, 1);
        short error =
                told.responses().iterator().next().partitionResponses().getFirst().errorCode();
        assertNotEquals(Errors.NONE.code(), error);
    }

    @Test
    void thousandsWhoNeverFinishWhatTheySay() {
        byte[] beginning = {0, 0, 0, 90, 0, 3, 0};
        for (int client = 0; client < HALF_OPEN; client++) {
            peer().sendBare(Arrays.copyOf(beginning, client % (beginning.length + 1)));
        }
        citizen.goesOn();
    }

    /// Each has sent what costs more than a first look, and no more comes.
    @Test
    void thousandsWhoStopHalfway() {
        for (int announced : new int[] {131_000, 132_000}) {
            byte[] half = ByteBuffer.allocate(40_000).putInt(announced).array();
            for (int client = 0; client < HALF_SENT; client++) {
                peer().sendBare(half);
            }
            citizen.goesOn();
            closeAll();
        }
    }

    /// More than memory holds at once, all of them halfway at a time: others go on meanwhile, and
    /// in the end each has its answer, if it comes again when it was too slow, as clients do.
    @Test
    void largeRequestsThatStandStillHalfway() {
        byte[] whole =
                Frames.sized(
                        Frames.request(
                                Requests.produce(LARGE, new byte[LARGE_BYTES]), (short) 12, 1));
        byte[] half = Arrays.copyOf(whole, whole.length / 2 + 1);
        byte[] rest = Arrays.copyOfRange(whole, half.length, whole.length);
        CountDownLatch others = new CountDownLatch(1);
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int sender = 0; sender < LARGE_SENDERS; sender++) {
                senders.add(CompletableFuture.runAsync(() -> sends(half, others, rest), threads));
            }
            citizen.goesOn();
            others.countDown();
            senders.forEach(CompletableFuture::join);
        }
    }

    private void sends(byte[] half, CountDownLatch others, byte[] rest) {
        boolean answered = false;
        while (!answered) {
            try (Peer peer = new Peer(broker.address())) {
                boolean begun = peer.sendBare(half);
                others.await();
                answered = begun && peer.sendBare(rest) && peer.receive("a large one").isPresent();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Test
    void consumersThatNeverRead() throws Exception {
        try (var producer = Clients.producer(broker, Map.of())) {
            for (int at = 0; at < 20; at++) {
                producer.send(new ProducerRecord<>(LARGE, "x".repeat(1_000_000))).get();
            }
        }
        byte[] fetch = Frames.sized(Frames.request(Requests.fetch(LARGE), (short) 12, 1));
        for (int client = 0; client < DEAF; client++) {
            Peer deaf = peer();
            for (int request = 0; request < DEAF_FETCHES; request++) {
                deaf.sendBare(fetch);
            }
        }
        citizen.goesOn();
    }
}

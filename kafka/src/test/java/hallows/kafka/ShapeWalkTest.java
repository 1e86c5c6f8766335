package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.junit.jupiter.api.Test;

/// What Kafka writes passes, to the byte; what passes can be read by Kafka's classes.
class ShapeWalkTest {
    private static final int MESSAGES = 40;
    private static final int MUTATIONS = 60;

    private final ShapeWalk walk = new ShapeWalk();

    @Test
    void whatKafkaWritesPassesToTheByte() {
        forEachRequest((api, version, bytes) -> {
            ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 3));
            assertTrue(walk.holds(shape(api, version), padded, 0), api + " " + version);
            assertEquals(bytes.length, walk.end(), api + " " + version);
        });
    }

    @Test
    void whatIsCutShortDoesNotPass() {
        forEachRequest((api, version, bytes) -> {
            for (int length = 0; length < bytes.length; length += 1 + bytes.length / 20) {
                ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
                assertFalse(walk.holds(shape(api, version), cut, 0), api + " " + version);
            }
        });
    }

    @Test
    void whatPassesCanBeReadWhateverHappenedToIt() {
        Random random = new Random(3);
        List<ApiKeys> passed = new ArrayList<>();
        forEachRequest((api, version, bytes) -> {
            for (int i = 0; bytes.length > 0 && i < MUTATIONS; i++) {
                byte[] mutated = bytes.clone();
                for (int flips = random.nextInt(3); flips >= 0; flips--) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                }
                if (walk.holds(shape(api, version), ByteBuffer.wrap(mutated), 0)) {
                    assertEquals(walk.end(), readByKafka(api, version, mutated));
                    passed.add(api);
                }
            }
        });
        assertTrue(passed.size() > 1000, "many pass");
    }

    @Test
    void countsThatCannotBeAreRefusedBeforeAnythingIsMadeOfThem() {
        ByteBuffer topics = ByteBuffer.allocate(64).putInt(0, Integer.MAX_VALUE);
        Shape metadata = Shape.of(MetadataRequestData.SCHEMA_0);
        assertFalse(walk.holds(metadata, topics, 0));
        Shape create = Shape.of(CreateTopicsRequestData.SCHEMA_2);
        assertFalse(walk.holds(create, topics.putInt(0, 9), 0));
        assertFalse(walk.holds(metadata, topics.putInt(0, -1), 0), "version 0 has no null");
    }

    @Test
    void thereMayBeNoMoreElementsThanAnybodyNeeds() {
        Shape metadata = Shape.of(MetadataRequestData.SCHEMA_0);
        int most = ShapeWalk.ELEMENTS_MAX;
        ByteBuffer topics = ByteBuffer.allocate(4 + 2 * (most + 1));
        assertTrue(walk.holds(metadata, topics.putInt(0, most), 0));
        assertFalse(walk.holds(metadata, topics.putInt(0, most + 1), 0));
    }

    @Test
    void aTagIsAsLongAsItSays() {
        Shape fetch = Shape.of(ApiKeys.FETCH.messageType.requestSchemas()[15]);
        ByteBuffer bytes = ByteBuffer.allocate(64);
        // Five numbers and a byte, no topics, none forgotten, no rack, one tag: a replica.
        bytes.position(21).put(new byte[] {1, 1, 1, 1, 1, 13});
        assertTrue(walk.holds(fetch, bytes, 0));
        bytes.put(26, (byte) 14);
        assertFalse(walk.holds(fetch, bytes, 0));
    }

    @Test
    void tagsComeInAnyOrderAndMoreThanOnce() {
        Shape fetch = Shape.of(ApiKeys.FETCH.messageType.requestSchemas()[15]);
        ByteBuffer bytes = ByteBuffer.allocate(64);
        // No topics, none forgotten, no rack, four tags: 9, then a replica twice, then 9 again.
        bytes.position(21).put(new byte[] {1, 1, 1, 4, 9, 0});
        for (int replica = 5; replica <= 6; replica++) {
            bytes.put((byte) 1).put((byte) 13).putInt(replica).putLong(7).put((byte) 0);
        }
        bytes.put((byte) 9).put((byte) 0);
        assertTrue(walk.holds(fetch, bytes, 0));
        assertEquals(bytes.position(), walk.end());
        assertEquals(bytes.position(), readByKafka(ApiKeys.FETCH, (short) 15, bytes.array()));
        assertEquals(6, FetchCall.read(new WireReader(bytes, 0, true), 15).replica());
    }

    private static int readByKafka(ApiKeys api, short version, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        ApiMessage message = api.messageType.newRequest();
        message.read(new ByteBufferAccessor(buffer), version);
        return buffer.position();
    }

    private static Shape shape(ApiKeys api, short version) {
        return Shape.of(api.messageType.requestSchemas()[version]);
    }

    /// Something to be tried on a request.
    private interface Trial {
        void on(ApiKeys api, short version, byte[] bytes);
    }

    private static void forEachRequest(Trial trial) {
        RandomMessages messages = new RandomMessages(1);
        for (ApiKeys api : Apis.OFFERED) {
            for (short version = api.oldestVersion(); version <= api.latestVersion(); version++) {
                for (int i = 0; i < MESSAGES; i++) {
                    trial.on(api, version, messages.request(api, version));
                }
            }
        }
    }
}

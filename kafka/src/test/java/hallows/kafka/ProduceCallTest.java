package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// We read what Kafka's class reads, at every version.
class ProduceCallTest {
    private static final int MESSAGES = 200;

    @Test
    void everyVersionIsReadAsKafkaReadsIt() {
        RandomMessages messages = new RandomMessages(5);
        for (short version = 3; version <= ApiKeys.PRODUCE.latestVersion(); version++) {
            for (int i = 0; i < MESSAGES; i++) {
                ByteBuffer bytes = ByteBuffer.wrap(messages.request(ApiKeys.PRODUCE, version));
                ProduceRequestData theirs =
                        new ProduceRequestData(new ByteBufferAccessor(bytes.duplicate()), version);
                WireReader in = new WireReader(bytes, 0, version >= 9);
                assertSame(theirs, ProduceCall.read(in, version), bytes);
                in.skipTags();
                assertEquals(bytes.limit(), in.position(), "version " + version);
            }
        }
    }

    private static void assertSame(ProduceRequestData theirs, ProduceCall ours, ByteBuffer bytes) {
        assertEquals(theirs.acks(), ours.acks());
        assertEquals(theirs.timeoutMs(), ours.timeoutMillis());
        assertEquals(theirs.transactionalId(), ours.transactionalId());
        Map<TopicRef, List<PartitionProduceData>> topics = new LinkedHashMap<>();
        for (TopicProduceData topic : theirs.topicData()) {
            if (!topic.partitionData().isEmpty()) {
                topics.computeIfAbsent(
                                new TopicRef(topic.name(), TopicRef.id(topic.topicId())),
                                _ -> new ArrayList<>())
                        .addAll(topic.partitionData());
            }
        }
        assertEquals(
                List.copyOf(topics.keySet()),
                ours.topics().stream()
                        .map(topic -> new TopicRef(topic.name(), topic.id()))
                        .toList(),
                "each topic once, and none without a batch");
        ours.topics()
                .forEach(topic ->
                        assertSame(
                                topics.getOrDefault(
                                        new TopicRef(topic.name(), topic.id()), List.of()),
                                topic.parts(),
                                bytes));
    }

    private static void assertSame(
            List<PartitionProduceData> theirs, List<ProduceCall.Part> ours, ByteBuffer bytes) {
        assertEquals(theirs.size(), ours.size());
        for (int i = 0; i < ours.size(); i++) {
            ProduceCall.Part part = ours.get(i);
            assertEquals(theirs.get(i).index(), part.partition());
            ByteBuffer records =
                    theirs.get(i).records() instanceof MemoryRecords there
                            ? there.buffer()
                            : ByteBuffer.allocate(0);
            assertEquals(records, bytes.slice(part.at(), part.length()));
        }
    }

    @Test
    void whatStandsInTheHeadOfABatchIsSeen() {
        byte[] batch = new byte[61];
        batch[16] = 2;
        batch[22] = 0x14;
        ByteBuffer bytes = ByteBuffer.wrap(batch);
        ProduceCall.Part part = new ProduceCall.Part(0, 0, batch.length);
        assertTrue(ProduceCall.isZstd(bytes, part));
        assertTrue(outside(null, part).isOutsideItsTransaction(bytes));
        assertTrue(!outside("one", part).isOutsideItsTransaction(bytes));
        assertTrue(!ProduceCall.isZstd(bytes, new ProduceCall.Part(0, 0, 60)), "no whole head");
        Arrays.fill(batch, (byte) 0x14);
        assertTrue(!ProduceCall.isZstd(bytes, part), "another layout");
    }

    private static ProduceCall outside(@Nullable String transaction, ProduceCall.Part part) {
        ProduceCall.Topic topic = new ProduceCall.Topic("a", TopicRef.NO_ID, List.of(part));
        return new ProduceCall((short) 1, 0, transaction, List.of(topic));
    }
}

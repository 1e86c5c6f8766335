package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.broker.Fetched;
import hallows.log.AbortedTransaction;
import hallows.log.Isolation;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Kafka's class reads what we write, at every version, whatever was read.
class FetchWritingTest {
    private final Memory memory = new Memory(1 << 20);
    private final Random random = new Random(9);

    @Test
    void everyVersionIsWrittenAsKafkaReadsIt() {
        for (short version = 4; version <= ApiKeys.FETCH.latestVersion(); version++) {
            for (int round = 0; round < 50; round++) {
                List<FetchAnswer> answers = answers(version);
                List<PartitionData> expected = new ArrayList<>();
                for (FetchAnswer answer : answers) {
                    expected.add(expected(answer, version));
                }
                assertEquals(expected, partitions(read(answers, version)), "version " + version);
            }
        }
        assertEquals(0, memory.buffers().liveRegions());
    }

    private static List<PartitionData> partitions(FetchResponseData reply) {
        List<PartitionData> partitions = new ArrayList<>();
        for (FetchableTopicResponse topic : reply.responses()) {
            partitions.addAll(topic.partitions());
        }
        return partitions;
    }

    private FetchResponseData read(List<FetchAnswer> answers, short version) {
        WireWriter out = new WireWriter(7, version >= 12);
        Leaders leaders = new Leaders(Images.orchard(), Images.LISTENER);
        Reply reply = new FetchWriting(out, version, leaders).write(Errors.NONE, 3, answers);
        CollectingLink link = new CollectingLink();
        reply.sendTo(link, memory.buffers());
        ByteBuffer frame = ByteBuffer.wrap(link.sent.toByteArray());
        assertEquals(frame.remaining() - 4, frame.getInt());
        return Frames.response(ApiKeys.FETCH, version, frame.slice(), new FetchResponseData());
    }

    private List<FetchAnswer> answers(int version) {
        List<FetchAnswer> answers = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            TopicRef topic =
                    version < 13
                            ? new TopicRef("apples", TopicRef.NO_ID)
                            : new TopicRef("", Images.APPLES.id());
            int partition = random.nextInt(3);
            PartitionRef key = new PartitionRef(topic, partition);
            PartitionId id = new PartitionId(Images.APPLES.id(), partition);
            Isolation isolation =
                    random.nextBoolean() ? Isolation.COMMITTED : Isolation.UNCOMMITTED;
            answers.add(
                    random.nextInt(5) == 0
                            ? FetchAnswer.unread(key, Errors.UNKNOWN_TOPIC_ID)
                            : FetchAnswer.read(key, id, fetched(version), isolation));
        }
        return answers;
    }

    private Fetched fetched(int version) {
        Fetched.Marks marks =
                new Fetched.Marks(random.nextLong(), random.nextLong(), random.nextLong());
        return switch (random.nextInt(4)) {
            case 0 -> new Fetched.Nothing(marks);
            case 1 ->
                    version < 12
                            ? new Fetched.Nothing(marks)
                            : new Fetched.Diverged(random.nextInt(9), random.nextLong(), marks);
            case 2 -> {
                ErrorCode[] errors = ErrorCode.values();
                ErrorCode error = errors[random.nextInt(errors.length)];
                yield new Fetched.Refused(new Outcome.Refused(error, "no"));
            }
            default -> {
                byte[] bytes = new byte[random.nextInt(40_000)];
                random.nextBytes(bytes);
                List<AbortedTransaction> aborted = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    aborted.add(new AbortedTransaction(random.nextLong(), i, 2L * i, 0));
                }
                yield new Fetched.Batches(memory.holding(bytes), 0, aborted, marks);
            }
        };
    }

    private static PartitionData expected(FetchAnswer answer, int version) {
        Fetched.Marks marks = answer.marks();
        boolean old = version < 6 && answer.error() == Errors.KAFKA_STORAGE_ERROR;
        PartitionData data =
                new PartitionData()
                        .setPartitionIndex(answer.key().partition())
                        .setErrorCode((old ? Errors.NOT_LEADER_OR_FOLLOWER : answer.error()).code())
                        .setHighWatermark(marks.highWatermark())
                        .setLastStableOffset(marks.lastStable())
                        .setLogStartOffset(version < 5 ? -1 : marks.logStart())
                        .setRecords(MemoryRecords.EMPTY)
                        .setAbortedTransactions(aborted(answer));
        if (answer.what() instanceof Fetched.Batches batches
                && batches.bytes() instanceof MemoryRegion region) {
            byte[] bytes = new byte[(int) region.length()];
            region.buffer().get(bytes);
            data.setRecords(MemoryRecords.readableRecords(ByteBuffer.wrap(bytes)));
        }
        if (answer.what() instanceof Fetched.Diverged diverged) {
            data.divergingEpoch().setEpoch(diverged.epoch()).setEndOffset(diverged.endOffset());
        }
        if (version >= 16 && isElsewhere(answer)) {
            data.currentLeader().setLeaderId(1).setLeaderEpoch(5);
        }
        return data;
    }

    private static boolean isElsewhere(FetchAnswer answer) {
        return answer.error() == Errors.NOT_LEADER_OR_FOLLOWER
                || answer.error() == Errors.FENCED_LEADER_EPOCH;
    }

    private static @Nullable List<FetchResponseData.AbortedTransaction> aborted(
            FetchAnswer answer) {
        List<AbortedTransaction> ours = answer.aborted();
        return ours == null
                ? null
                : ours.stream()
                        .map(one ->
                                new FetchResponseData.AbortedTransaction()
                                        .setProducerId(one.producerId())
                                        .setFirstOffset(one.firstOffset()))
                        .toList();
    }
}

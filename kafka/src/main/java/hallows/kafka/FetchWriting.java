package hallows.kafka;

import hallows.broker.Fetched;
import hallows.log.AbortedTransaction;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// Writes the reply to a fetch. The records stay where they are.
final class FetchWriting {
    private static final int LOG_START_VERSION = 5;
    private static final int SESSION_VERSION = 7;
    private static final int PREFERRED_VERSION = 11;
    private static final int LEADERS_VERSION = 16;
    private static final int STORAGE_ERROR_VERSION = 6;
    private static final int NO_REPLICA = -1;
    private static final int DIVERGED_TAG = 0;
    private static final int LEADER_TAG = 1;

    private final WireWriter out;
    private final int version;
    private final Leaders leaders;

    FetchWriting(WireWriter out, int version, Leaders leaders) {
        this.out = out;
        this.version = version;
        this.leaders = leaders;
    }

    /// All of it: a session, or what is wrong with it, and partitions.
    Reply write(Errors error, int session, List<FetchAnswer> answers) {
        // Nobody is held back yet.
        out.int32(0);
        if (version >= SESSION_VERSION) {
            out.int16(error.code());
            out.int32(session);
        }
        List<List<FetchAnswer>> topics = byTopic(answers);
        out.count(topics.size());
        for (List<FetchAnswer> topic : topics) {
            write(topic.getFirst().key().topic());
            out.count(topic.size());
            topic.forEach(this::write);
            out.noTags();
        }
        leaders.writeNodes(out);
        return out.reply();
    }

    /// Neighbours of one topic together; the order stays.
    private static List<List<FetchAnswer>> byTopic(List<FetchAnswer> answers) {
        List<List<FetchAnswer>> topics = new ArrayList<>();
        TopicRef last = null;
        for (FetchAnswer answer : answers) {
            if (!answer.key().topic().equals(last)) {
                topics.add(new ArrayList<>());
            }
            topics.getLast().add(answer);
            last = answer.key().topic();
        }
        return topics;
    }

    private void write(TopicRef topic) {
        if (version < FetchCall.IDS_VERSION) {
            out.text(topic.name());
        } else {
            out.topicId(topic.id());
        }
    }

    private void write(FetchAnswer answer) {
        Fetched.Marks marks = answer.marks();
        out.int32(answer.key().partition());
        out.int16(told(answer.error()).code());
        out.int64(marks.highWatermark());
        out.int64(marks.lastStable());
        if (version >= LOG_START_VERSION) {
            out.int64(marks.logStart());
        }
        write(answer.aborted());
        if (version >= PREFERRED_VERSION) {
            out.int32(NO_REPLICA);
        }
        if (answer.what() instanceof Fetched.Batches batches) {
            out.region(batches.bytes());
        } else {
            out.count(0);
        }
        writeTags(answer);
    }

    /// The first consumers do not know that a disk can fail.
    private Errors told(Errors error) {
        return error == Errors.KAFKA_STORAGE_ERROR && version < STORAGE_ERROR_VERSION
                ? Errors.NOT_LEADER_OR_FOLLOWER
                : error;
    }

    private void write(@Nullable List<AbortedTransaction> aborted) {
        if (aborted == null) {
            out.count(-1);
            return;
        }
        out.count(aborted.size());
        for (AbortedTransaction one : aborted) {
            out.int64(one.producerId());
            out.int64(one.firstOffset());
            out.noTags();
        }
    }

    private void writeTags(FetchAnswer answer) {
        if (version < FetchCall.FLEXIBLE_VERSION) {
            return;
        }
        if (answer.what() instanceof Fetched.Diverged diverged) {
            out.varint(1);
            out.varint(DIVERGED_TAG);
            out.varint(Integer.BYTES + Long.BYTES + 1);
            out.int32(diverged.epoch());
            out.int64(diverged.endOffset());
            out.noTags();
        } else if (pointsToLeader(answer) && answer.partition() != null) {
            out.varint(1);
            Leaders.write(out, LEADER_TAG, leaders.of(answer.partition()));
        } else {
            out.noTags();
        }
    }

    private boolean pointsToLeader(FetchAnswer answer) {
        boolean elsewhere =
                answer.error() == Errors.NOT_LEADER_OR_FOLLOWER
                        || answer.error() == Errors.FENCED_LEADER_EPOCH;
        return elsewhere && version >= LEADERS_VERSION;
    }
}

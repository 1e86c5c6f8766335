package hallows.kafka;

import hallows.broker.OffsetSearch;
import hallows.log.TimeLookup;
import hallows.model.ErrorCode;
import hallows.model.PartitionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// Finds the offsets that moments stand for.
final class OffsetsHandler implements Handler {
    private static final byte COMMITTED = 1;
    private static final int CONSUMER = -1;
    private static final int EPOCH_VERSION = 4;
    private static final int NOT_AVAILABLE_VERSION = 5;

    private final Station station;

    OffsetsHandler(Station station) {
        this.station = station;
    }

    /// A moment that is looked for, and where its answer goes.
    private record Asked(
            OffsetSearch.@Nullable Moment moment, ListOffsetsPartitionResponse answer) {}

    @Override
    public boolean serve(Incoming request) {
        ListOffsetsRequestData asked = request.read(new ListOffsetsRequestData());
        ListOffsetsResponseData answer = new ListOffsetsResponseData();
        List<Asked> searched = new ArrayList<>();
        Set<PartitionRef> twice = twice(asked);
        once(asked)
                .forEach((topic, partitions) -> {
                    ListOffsetsTopicResponse rows = new ListOffsetsTopicResponse().setName(topic);
                    answer.topics().add(rows);
                    for (ListOffsetsPartition partition : partitions.values()) {
                        Asked one =
                                asked(key(topic, partition), partition, request.version(), twice);
                        rows.partitions().add(one.answer);
                        if (one.answer.errorCode() == Errors.NONE.code()) {
                            searched.add(one);
                        }
                    }
                });
        Runnable reply = () -> request.reply(answer);
        if (searched.isEmpty()) {
            reply.run();
        } else {
            request.submit(search(asked, searched, request.version(), reply), () -> {});
        }
        return true;
    }

    /// Each topic that has partitions, and each of them: what is asked for twice is answered once,
    /// as in Kafka.
    private static SequencedMap<String, SequencedMap<Integer, ListOffsetsPartition>> once(
            ListOffsetsRequestData asked) {
        SequencedMap<String, SequencedMap<Integer, ListOffsetsPartition>> once =
                new LinkedHashMap<>();
        for (ListOffsetsTopic topic : asked.topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                once.computeIfAbsent(topic.name(), _ -> new LinkedHashMap<>())
                        .putIfAbsent(partition.partitionIndex(), partition);
            }
        }
        return once;
    }

    private Asked asked(
            PartitionRef key,
            ListOffsetsPartition partition,
            short version,
            Set<PartitionRef> twice) {
        Asked one = new Asked(moment(key, partition), row(partition));
        Errors wrong = wrong(one.moment, partition.timestamp(), version);
        one.answer.setErrorCode((twice.contains(key) ? Errors.INVALID_REQUEST : wrong).code());
        return one;
    }

    private static PartitionRef key(String topic, ListOffsetsPartition partition) {
        return new PartitionRef(new TopicRef(topic, TopicRef.NO_ID), partition.partitionIndex());
    }

    private static Set<PartitionRef> twice(ListOffsetsRequestData asked) {
        Set<PartitionRef> once = new HashSet<>();
        Set<PartitionRef> twice = new HashSet<>();
        for (ListOffsetsTopic topic : asked.topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                PartitionRef key = key(topic.name(), partition);
                if (!once.add(key)) {
                    twice.add(key);
                }
            }
        }
        return twice;
    }

    private static ListOffsetsPartitionResponse row(ListOffsetsPartition partition) {
        return new ListOffsetsPartitionResponse().setPartitionIndex(partition.partitionIndex());
    }

    private OffsetSearch.@Nullable Moment moment(PartitionRef key, ListOffsetsPartition partition) {
        PartitionId id = key.in(station.broker().image());
        return id == null
                ? null
                : new OffsetSearch.Moment(
                        id, partition.timestamp(), partition.currentLeaderEpoch());
    }

    private static Errors wrong(
            OffsetSearch.@Nullable Moment moment, long timestamp, short version) {
        if (version < firstVersion(timestamp)) {
            return Errors.UNSUPPORTED_VERSION;
        }
        return moment == null ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.NONE;
    }

    /// The first version in which a moment can be asked for.
    private static int firstVersion(long timestamp) {
        if (timestamp >= TimeLookup.EARLIEST) {
            return 1;
        }
        return switch ((int) Math.max(timestamp, Integer.MIN_VALUE)) {
            case (int) TimeLookup.MAX_TIMESTAMP -> 7;
            case (int) TimeLookup.EARLIEST_LOCAL -> 8;
            case (int) TimeLookup.LATEST_TIERED -> 9;
            case (int) TimeLookup.EARLIEST_NOT_TIERED -> 11;
            default -> Integer.MAX_VALUE;
        };
    }

    private static OffsetSearch search(
            ListOffsetsRequestData asked, List<Asked> searched, short version, Runnable then) {
        List<OffsetSearch.Moment> moments = new ArrayList<>();
        for (Asked one : searched) {
            moments.add(Objects.requireNonNull(one.moment, "what is searched is there"));
        }
        return new OffsetSearch(
                sight(asked),
                moments,
                _ -> {
                    searched.forEach(one -> fill(one, version));
                    then.run();
                });
    }

    /// Whoever has a number copies the log, or looks into it: transactions and watermarks are for
    /// consumers.
    private static OffsetSearch.Sight sight(ListOffsetsRequestData asked) {
        if (asked.replicaId() != CONSUMER) {
            return OffsetSearch.Sight.WRITTEN;
        }
        return asked.isolationLevel() == COMMITTED
                ? OffsetSearch.Sight.COMMITTED
                : OffsetSearch.Sight.UNCOMMITTED;
    }

    /// Old clients know the error of a leader that does not know its followers yet by another name.
    private static short told(ErrorCode error, short version) {
        return error == ErrorCode.OFFSET_NOT_AVAILABLE && version < NOT_AVAILABLE_VERSION
                ? Errors.LEADER_NOT_AVAILABLE.code()
                : error.code();
    }

    private static void fill(Asked one, short version) {
        switch (Objects.requireNonNull(one.moment, "what is searched is there").answer()) {
            case OffsetSearch.Answer.Found(TimeLookup.At at) -> {
                one.answer.setOffset(at.offset()).setTimestamp(at.timestamp());
                if (version >= EPOCH_VERSION) {
                    at.leaderEpoch().ifPresent(one.answer::setLeaderEpoch);
                }
            }
            case OffsetSearch.Answer.Nowhere _ -> {}
            case OffsetSearch.Answer.Refused(var why) ->
                    one.answer.setErrorCode(told(why.error(), version));
        }
    }
}

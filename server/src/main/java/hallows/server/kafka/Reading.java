package hallows.server.kafka;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Records of a topic, from one place to another in each of its partitions. Alone: no group hears
/// of it.
public final class Reading implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Sentences sentences;

    /// Where each partition that is not done yet ends.
    private final Map<TopicPartition, Long> untils = new HashMap<>();

    private String subject = "";

    /// The sum of all positions.
    private long passed;

    private Reading(KafkaConsumer<byte[], byte[]> consumer, Sentences sentences) {
        this.consumer = consumer;
        this.sentences = sentences;
    }

    /// What to read of a topic.
    ///
    /// @param topic which
    /// @param partitions which of its partitions
    /// @param from where to begin
    /// @param until before what to end, if anywhere
    /// @param follow whether to go on where there is nothing yet
    public record Range(
            String topic,
            List<Integer> partitions,
            Position from,
            Optional<Position> until,
            boolean follow) {}

    static Result<Reading> open(Place place, boolean committed) {
        Map<String, String> decided = new HashMap<>();
        decided.put("enable.auto.commit", "false");
        decided.put("allow.auto.create.topics", "false");
        // What is gone while we read is told, not skipped.
        decided.put("auto.offset.reset", "none");
        if (committed) {
            decided.put("isolation.level", "read_committed");
        }
        Sentences sentences = new Sentences(place);
        try {
            return new Result.Ok<>(
                    new Reading(
                            new KafkaConsumer<>(
                                    place.client(decided),
                                    new ByteArrayDeserializer(),
                                    new ByteArrayDeserializer()),
                            sentences));
        } catch (KafkaException wrong) {
            return new Result.Failed<>(sentences.of(wrong, place.servers()));
        }
    }

    /// Finds out where to begin and where to end.
    public Result<Result.Done> begin(Range range) {
        subject = Questions.subject(range.topic());
        List<TopicPartition> all =
                range.partitions().stream()
                        .map(number -> new TopicPartition(range.topic(), number))
                        .toList();
        try {
            begin(range, all);
            return Result.DONE;
        } catch (KafkaException failed) {
            return new Result.Failed<>(sentences.of(failed, subject));
        }
    }

    private void begin(Range range, List<TopicPartition> all) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        Bounds bounds = new Bounds(beginnings, ends);
        Map<TopicPartition, Long> from = found(range.from(), bounds);
        Map<TopicPartition, Long> until =
                range.until().map(position -> found(position, bounds)).orElse(Map.of());
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (TopicPartition id : all) {
            long end = bounds.end(id);
            long start = Math.clamp(place(from, id, end), bounds.beginning(id), end);
            long stop = place(until, id, NEVER);
            long last = range.follow() ? stop : Math.min(stop, end);
            if (start < last) {
                starts.put(id, start);
                untils.put(id, last);
            }
        }
        consumer.assign(starts.keySet());
        starts.forEach(consumer::seek);
    }

    private record Bounds(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        long beginning(TopicPartition id) {
            return place(beginnings, id, 0);
        }

        long end(TopicPartition id) {
            return place(ends, id, 0);
        }
    }

    private static long place(Map<TopicPartition, Long> places, TopicPartition id, long otherwise) {
        @Nullable Long place = places.get(id);
        return place == null ? otherwise : place;
    }

    /// A partition that a time is not in is left out.
    private Map<TopicPartition, Long> found(Position position, Bounds bounds) {
        return switch (position) {
            case Position.Beginning _ -> bounds.beginnings();
            case Position.End _ -> bounds.ends();
            case Position.Offset(long offset) -> everywhere(bounds, offset);
            case Position.Last(long count) -> {
                Map<TopicPartition, Long> found = new HashMap<>(bounds.ends());
                found.replaceAll((_, end) -> Math.max(0, end - count));
                yield found;
            }
            case Position.Time(long millis) -> {
                Map<TopicPartition, Long> found = new HashMap<>();
                consumer.offsetsForTimes(everywhere(bounds, Math.max(0, millis)))
                        .forEach((id, there) -> {
                            if (there != null) {
                                found.put(id, there.offset());
                            }
                        });
                yield found;
            }
        };
    }

    private static Map<TopicPartition, Long> everywhere(Bounds bounds, long value) {
        Map<TopicPartition, Long> all = new HashMap<>();
        bounds.ends().keySet().forEach(id -> all.put(id, value));
        return all;
    }

    /// Whether all of the range has been read.
    public boolean isDone() {
        return untils.isEmpty();
    }

    /// The next records, or none after so long.
    public Result<List<Found>> next(long waitMillis) {
        List<Found> found = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(waitMillis))) {
                TopicPartition id = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < place(untils, id, 0)) {
                    found.add(found(record));
                }
            }
            passed = consumer.assignment().stream().mapToLong(consumer::position).sum();
            leaveWhatIsDone();
            return new Result.Ok<>(found);
        } catch (KafkaException failed) {
            return new Result.Failed<>(sentences.of(failed, subject));
        }
    }

    /// How far it has come; another number whenever it goes on.
    public long progress() {
        return passed;
    }

    /// By position and not by record: the end may be a mark of a transaction, or compacted away.
    private void leaveWhatIsDone() {
        List<TopicPartition> done =
                untils.entrySet().stream()
                        .filter(until -> until.getValue() != NEVER)
                        .filter(until -> consumer.position(until.getKey()) >= until.getValue())
                        .map(Map.Entry::getKey)
                        .toList();
        done.forEach(untils::remove);
        consumer.pause(done);
    }

    private static Found found(ConsumerRecord<byte[], byte[]> record) {
        List<Entry.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new Entry.Header(header.key(), header.value()));
        }
        boolean timed = record.timestampType() != TimestampType.NO_TIMESTAMP_TYPE;
        return new Found(
                record.topic(),
                record.partition(),
                record.offset(),
                new Entry(
                        record.key(),
                        record.value(),
                        headers,
                        OptionalInt.of(record.partition()),
                        timed ? OptionalLong.of(record.timestamp()) : OptionalLong.empty()));
    }

    /// The range has come to a stand: nobody gave anything for so long.
    public Fault stalled(long millis) {
        return new Fault(
                Fault.Kind.UNREACHABLE,
                "%s: nothing came for %d s, with %d partitions not read to their end; do they have a leader?"
                        .formatted(subject, millis / 1000, untils.size()));
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}

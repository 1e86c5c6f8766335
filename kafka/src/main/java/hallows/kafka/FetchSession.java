package hallows.kafka;

import hallows.broker.Fetch;
import hallows.broker.Fetched;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// What a client fetches again and again, so that it need say only what changes, and is told only
/// what is new. Lives on the shard where it was opened.
final class FetchSession {
    private static final int FIRST_EPOCH = 1;
    private static final long UNKNOWN = -1;

    /// What one partition takes of the heap, about, without the name of its topic.
    private static final long PARTITION_BYTES = 200;

    private final int id;
    private final boolean byId;
    private final long openedNanos;
    private final Map<PartitionRef, Cached> partitions = new LinkedHashMap<>();
    private int epoch = FIRST_EPOCH;
    private long usedNanos;
    private long heldBytes;

    /// One partition, and what its client was told of it last.
    private static final class Cached {
        Fetch.Position.Place place;
        long highWatermark = UNKNOWN;
        long logStart = UNKNOWN;
        @Nullable String topic;

        Cached(Fetch.Position.Place place) {
            this.place = place;
        }

        /// Whether there is something to tell; notes that it is told.
        boolean tells(FetchAnswer answer) {
            Fetched.Marks marks = answer.marks();
            boolean moved = marks.highWatermark() != highWatermark || marks.logStart() != logStart;
            // After an error everything is new.
            boolean failed = answer.error() != Errors.NONE;
            highWatermark = failed ? UNKNOWN : marks.highWatermark();
            logStart = marks.logStart();
            return moved || failed || answer.hasRecords() || answer.isDiverged();
        }
    }

    /// A session whose topics have ids, or names.
    FetchSession(int id, boolean byId, long nanos) {
        this.id = id;
        this.byId = byId;
        this.openedNanos = nanos;
        this.usedNanos = nanos;
    }

    int id() {
        return id;
    }

    int epoch() {
        return epoch;
    }

    boolean isById() {
        return byId;
    }

    int size() {
        return partitions.size();
    }

    /// How much of the heap it takes, about.
    long heldBytes() {
        return heldBytes;
    }

    /// How much more these would take.
    long missingBytes(Set<PartitionRef> keys) {
        long bytes = 0;
        for (PartitionRef key : keys) {
            bytes += partitions.containsKey(key) ? 0 : bytesOf(key);
        }
        return bytes;
    }

    private static long bytesOf(PartitionRef key) {
        return PARTITION_BYTES + key.topic().name().length();
    }

    long openedNanos() {
        return openedNanos;
    }

    long usedNanos() {
        return usedNanos;
    }

    /// A partition whose first answer is on its way; `topic` when its topic was there.
    void open(FetchAnswer answer, Fetch.Position.Place place, @Nullable String topic) {
        Cached cached = new Cached(place);
        Fetched.Marks marks = answer.marks();
        cached.highWatermark = marks.highWatermark();
        cached.logStart = marks.logStart();
        cached.topic = topic;
        put(answer.key(), cached);
    }

    private void put(PartitionRef key, Cached cached) {
        heldBytes += partitions.put(key, cached) == null ? bytesOf(key) : 0;
    }

    private void remove(PartitionRef key) {
        heldBytes -= partitions.remove(key) == null ? 0 : bytesOf(key);
    }

    /// What the next request changes.
    void update(FetchCall call) {
        call.places()
                .forEach((key, place) -> {
                    Cached cached = partitions.get(key);
                    if (cached == null) {
                        put(key, new Cached(place));
                    } else {
                        cached.place = place;
                    }
                });
        call.forgotten().forEach(this::remove);
    }

    /// The next request has come; the context for it.
    FetchContext next(long nanos) {
        usedNanos = nanos;
        epoch = epoch == Integer.MAX_VALUE ? FIRST_EPOCH : epoch + 1;
        return new Next(epoch);
    }

    /// A request in the midst of the session.
    private final class Next implements FetchContext {
        private final int expected;

        Next(int expected) {
            this.expected = expected;
        }

        @Override
        public Map<PartitionRef, Fetch.Position.Place> places() {
            Map<PartitionRef, Fetch.Position.Place> places = new LinkedHashMap<>();
            partitions.forEach((key, cached) -> places.put(key, cached.place));
            return Collections.unmodifiableMap(places);
        }

        @Override
        public void named(PartitionRef key, String topic) {
            Cached cached = partitions.get(key);
            if (cached != null) {
                cached.topic = topic;
            }
        }

        @Override
        public @Nullable String nameOf(PartitionRef key) {
            Cached cached = partitions.get(key);
            return cached == null ? null : cached.topic;
        }

        @Override
        public Told tell(List<FetchAnswer> answers) {
            if (epoch != expected) {
                // Somebody has asked again meanwhile.
                answers.forEach(FetchAnswer::release);
                return new Told(Errors.INVALID_FETCH_SESSION_EPOCH, id, List.of());
            }
            List<FetchAnswer> told = new ArrayList<>();
            for (FetchAnswer answer : answers) {
                if (tells(answer)) {
                    told.add(answer);
                } else {
                    answer.release();
                }
            }
            return new Told(Errors.NONE, id, told);
        }
    }

    private boolean tells(FetchAnswer answer) {
        Cached cached = partitions.get(answer.key());
        if (cached == null || !cached.tells(answer)) {
            return false;
        }
        if (answer.hasRecords()) {
            // To the end, so that next time others come first.
            partitions.remove(answer.key());
            partitions.put(answer.key(), cached);
        }
        return true;
    }
}

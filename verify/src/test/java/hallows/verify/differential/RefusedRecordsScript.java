package hallows.verify.differential;

import static hallows.verify.differential.Produces.LAST;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;

/// Produce with records that no broker should take, alone and beside good ones.
final class RefusedRecordsScript {
    private static final int SIZE = 8;
    private static final long FUTURE = 4_102_444_800_000L;

    private RefusedRecordsScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "refused", 2);
        torn(on);
        bad().forEach((step, records) ->
                on.everyVersion(
                        ApiKeys.PRODUCE, step, version -> Produces.of(version, topic, records)));
        odd().forEach((step, records) -> Produces.send(on, step, topic, records));
        on.ask(
                "good beside bad",
                LAST,
                Produces.of(
                        LAST,
                        topic,
                        List.of(
                                Produces.partition(0, Batches.broken(Batches.of("bad"), -1)),
                                Produces.partition(1, Batches.of("good")))));
        limits(on);
        compacted(on);
        Fetches.all(on, "what was taken in all the same", topic, 2);
    }

    /// On its own: what one broker takes in and the other does not moves all that comes after it.
    private static void torn(Player on) {
        Topic topic = Topic.create(on, "refused-torn", 1);
        on.everyVersion(
                ApiKeys.PRODUCE,
                "half a batch behind a whole one",
                version -> Produces.of(version, topic, half(Batches.of("a", "b"))));
    }

    /// Sound by their checksums, and not what a client writes.
    private static Map<String, MemoryRecords> odd() {
        MemoryRecords good = Batches.of("a", "b");
        Map<String, MemoryRecords> odd = new LinkedHashMap<>();
        odd.put("a count too high", Batches.edited(good, to -> to.putInt(Batches.COUNT, 3)));
        odd.put("a count too low", Batches.edited(good, to -> to.putInt(Batches.COUNT, 1)));
        odd.put("a count below zero", Batches.edited(good, to -> to.putInt(Batches.COUNT, -1)));
        odd.put("a billion records", Batches.edited(good, to -> to.putInt(Batches.COUNT, 1 << 30)));
        odd.put(
                "too long a stretch",
                Batches.edited(good, to -> to.putInt(Batches.LAST_OFFSET_DELTA, 9)));
        odd.put("an offset of its own", Batches.edited(good, to -> to.putLong(0, 1234)));
        odd.put("a marker", attributes(good, 0x30));
        odd.put("of a transaction without an id", attributes(good, 0x10));
        odd.put("an unknown compression", attributes(good, 7));
        odd.put("packed by its word alone", attributes(good, 1));
        odd.put("the broker's time by its word", attributes(good, 8));
        odd.put(
                "a largest timestamp that lies",
                Batches.edited(good, to -> to.putLong(Batches.MAX_TIMESTAMP, 5)));
        return odd;
    }

    private static MemoryRecords attributes(MemoryRecords records, int attributes) {
        return Batches.edited(records, to -> to.putShort(Batches.ATTRIBUTES, (short) attributes));
    }

    private static Map<String, MemoryRecords> bad() {
        MemoryRecords good = Batches.of("a", "b");
        Map<String, MemoryRecords> bad = new LinkedHashMap<>();
        bad.put("a wrong checksum", Batches.broken(good, -1));
        bad.put("an unknown magic", Batches.broken(good, Batches.MAGIC));
        bad.put("a size too small", Batches.edited(good, to -> to.putInt(SIZE, 13)));
        bad.put("magic 0", Batches.ofMagic(0, "a", "b"));
        bad.put("magic 1", Batches.ofMagic(1, "a", "b"));
        bad.put("no bytes", MemoryRecords.EMPTY);
        bad.put("two batches", Batches.joined(good, Batches.of("c")));
        bad.put("half a batch", Batches.cut(good, good.sizeInBytes() / 2));
        bad.put("less than a header", Batches.cut(good, 9));
        bad.put("of the far future", Batches.at(FUTURE, "a"));
        bad.put("too large", Batches.of("x".repeat(1_100_000)));
        return bad;
    }

    private static MemoryRecords half(MemoryRecords good) {
        MemoryRecords two = Batches.joined(good, good);
        return Batches.cut(two, two.sizeInBytes() - 10);
    }

    private static void limits(Player on) {
        Topic small = Topic.create(on, "refused-small", 1, "max.message.bytes", "200");
        Produces.send(on, "over the topic's limit", small, Batches.of("x".repeat(200)));
        Produces.send(
                on,
                "under it when packed",
                small,
                Batches.packed(Compression.gzip().build(), "x".repeat(2000)));
        Topic timely =
                Topic.create(on, "refused-late", 1, "message.timestamp.before.max.ms", "1000");
        on.everyVersion(
                ApiKeys.PRODUCE,
                "of long ago",
                version -> Produces.of(version, timely, Batches.of("a", "b")));
    }

    private static void compacted(Player on) {
        Topic compacted = Topic.create(on, "refused-keys", 1, "cleanup.policy", "compact");
        MemoryRecords keyless = Batches.ofMagic(2, "a", "b");
        on.everyVersion(
                ApiKeys.PRODUCE,
                "without keys",
                version -> Produces.of(version, compacted, keyless));
        Produces.send(on, "with keys", compacted, Batches.of("a"));
    }
}

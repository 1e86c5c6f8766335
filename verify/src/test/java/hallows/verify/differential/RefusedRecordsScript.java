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
    private static final int MAGIC_PLACE = 16;
    private static final int COUNT_PLACE = 57;
    private static final long FUTURE = 4_102_444_800_000L;

    private RefusedRecordsScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "refused", 2);
        bad().forEach((step, records) ->
                on.everyVersion(
                        ApiKeys.PRODUCE, step, version -> Produces.of(version, topic, records)));
        on.everyVersion(
                ApiKeys.PRODUCE,
                "null",
                version -> Produces.of(version, topic, (MemoryRecords) null));
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

    private static Map<String, MemoryRecords> bad() {
        MemoryRecords good = Batches.of("a", "b");
        Map<String, MemoryRecords> bad = new LinkedHashMap<>();
        bad.put("a wrong checksum", Batches.broken(good, -1));
        bad.put("an unknown magic", Batches.broken(good, MAGIC_PLACE));
        bad.put("a wrong count", Batches.broken(good, COUNT_PLACE + 3));
        bad.put("magic 0", Batches.ofMagic(0, "a", "b"));
        bad.put("magic 1", Batches.ofMagic(1, "a", "b"));
        bad.put("no bytes", MemoryRecords.EMPTY);
        bad.put("two batches", Batches.joined(good, Batches.of("c")));
        bad.put("half a batch", Batches.cut(good, good.sizeInBytes() / 2));
        bad.put("half a batch behind a whole one", half(good));
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
        on.ask(
                "over the topic's limit",
                LAST,
                Produces.of(LAST, small, Batches.of("x".repeat(200))));
        on.ask(
                "under it when packed",
                LAST,
                Produces.of(
                        LAST, small, Batches.packed(Compression.gzip().build(), "x".repeat(2000))));
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
        on.ask("with keys", LAST, Produces.of(LAST, compacted, Batches.of("a")));
    }
}

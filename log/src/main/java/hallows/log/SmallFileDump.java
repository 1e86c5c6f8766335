package hallows.log;

import hallows.log.Fact.Kind;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Shows the files that hold no records. Blocks.
final class SmallFileDump {
    private final Disk disk;
    private final Consumer<Fact> out;
    private boolean whole = true;

    SmallFileDump(Disk disk, Consumer<Fact> out) {
        this.disk = disk;
        this.out = out;
    }

    /// Whether everything could be read.
    boolean isWhole() {
        return whole;
    }

    /// Shows a file that is of the kind that `name` says.
    void of(Path path, String name) {
        out.accept(new Fact(Kind.FILE).with("path", path));
        long base = LogFileName.offsetOf(name).orElse(0);
        Optional<LogFileName.Kind> kind = LogFileName.kindOf(name);
        if (kind.isEmpty()) {
            named(path, name);
            return;
        }
        switch (kind.get()) {
            case RECORDS -> {}
            case OFFSET_INDEX -> index(path, IndexFormat.ofOffsets(base));
            case TIME_INDEX -> index(path, IndexFormat.ofTimes(base));
            case ABORTED_INDEX -> told(WholeFile.bytes(disk, path), this::aborted);
            case SNAPSHOT -> told(WholeFile.bytes(disk, path), this::producers);
        }
    }

    private void named(Path path, String name) {
        Path directory = WholeFile.directoryOf(path);
        for (OffsetCheckpoint checkpoint : OffsetCheckpoint.values()) {
            if (checkpoint.fileName().equals(name)) {
                told(
                        checkpoint.read(disk, directory),
                        offsets -> offsets.forEach((of, offset) -> entry("offset", of, offset)));
                return;
            }
        }
        switch (name) {
            case EpochCheckpoint.NAME ->
                    told(EpochCheckpoint.lines(disk, path), lines -> lines.forEach(this::epoch));
            case MetaProperties.NAME -> told(MetaProperties.read(disk, directory), this::whose);
            case PartitionMetadata.NAME ->
                    told(
                            PartitionMetadata.read(disk, directory),
                            id -> out.accept(entry().with("topicId", StoredId.of(id))));
            case CleanStop.NAME ->
                    told(
                            WholeFile.text(disk, path),
                            text -> out.accept(entry().with("text", text)));
            default -> out.accept(entry().with("note", "no file of Kafka's, or one without text"));
        }
    }

    private static Fact entry() {
        return new Fact(Kind.ENTRY);
    }

    private void entry(String name, PartitionName partition, long offset) {
        out.accept(
                entry().with("topic", partition.topic())
                        .with("partition", partition.partition())
                        .with(name, offset));
    }

    private void epoch(LeaderEpochs.EpochStart start) {
        out.accept(entry().with("epoch", start.epoch()).with("startOffset", start.startOffset()));
    }

    private void whose(MetaProperties properties) {
        Fact fact = entry().with("version", properties.version());
        properties.clusterId().ifPresent(id -> fact.with("clusterId", id));
        properties.nodeId().ifPresent(id -> fact.with("nodeId", id));
        properties.directoryId().ifPresent(id -> fact.with("directoryId", id));
        out.accept(fact);
    }

    private void index(Path path, IndexFormat format) {
        switch (disk.open(path, Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile>(Fault fault) -> unreadable(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                IndexCursor cursor = new IndexCursor(file, format);
                boolean offsets = format.kind() == IndexFormat.Kind.OFFSET;
                for (IndexEntry next = cursor.peek(); next != null; next = cursor.peek()) {
                    out.accept(
                            entry().with(offsets ? "offset" : "timestamp", next.key())
                                    .with(offsets ? "position" : "offset", next.value()));
                    cursor.advance();
                }
                String wrong = cursor.wrong();
                if (wrong != null) {
                    broken(wrong);
                }
                file.close();
            }
        }
    }

    private void aborted(byte[] bytes) {
        ByteBuffer entries = ByteBuffer.wrap(bytes);
        int torn = bytes.length % AbortedTransactions.ENTRY_BYTES;
        for (int at = 0; at < bytes.length - torn; at += AbortedTransactions.ENTRY_BYTES) {
            AbortedTransaction next = AbortedTransactions.at(entries, at);
            out.accept(
                    entry().with("version", entries.getShort(at))
                            .with("producerId", next.producerId())
                            .with("firstOffset", next.firstOffset())
                            .with("lastOffset", next.lastOffset())
                            .with("lastStableOffset", next.lastStableOffset()));
        }
        if (torn > 0) {
            broken("its last %d bytes are no whole entry".formatted(torn));
        }
    }

    private void producers(byte[] bytes) {
        switch (ProducerSnapshot.decode(ByteBuffer.wrap(bytes))) {
            case ProducerSnapshot.Corrupt(String why) -> broken(why);
            case ProducerSnapshot.Sound(List<ProducerState> producers) ->
                    producers.forEach(this::producer);
        }
    }

    private void producer(ProducerState state) {
        RetainedBatch last = state.lastBatch();
        Fact fact =
                entry().with("producerId", state.producerId())
                        .with("producerEpoch", state.epoch())
                        .with("coordinatorEpoch", state.coordinatorEpoch())
                        .withKnown("currentTxnFirstOffset", state.transactionStart())
                        .with("lastTimestamp", state.lastTimestamp());
        if (last != null) {
            fact.with("firstSequence", last.firstSequence())
                    .with("lastSequence", last.lastSequence())
                    .with("lastOffset", last.lastOffset())
                    .with("offsetDelta", last.offsetDelta());
        }
        out.accept(fact);
    }

    private <T> void told(Stored<T> stored, Consumer<T> tell) {
        switch (stored) {
            case Stored.Whole<T>(T value) -> tell.accept(value);
            case Stored.Absent<T> _ -> out.accept(entry().with("note", "it is gone by now"));
            case Stored.Malformed<T>(String why) -> broken(why);
            case Stored.Unreadable<T>(Fault fault) -> unreadable(fault);
        }
    }

    private void unreadable(Fault fault) {
        whole &= fault.kind() == Fault.Kind.MISSING;
        out.accept(new Fact(Kind.BROKEN).with("why", fault.message()));
    }

    private void broken(String why) {
        whole = false;
        out.accept(new Fact(Kind.BROKEN).with("why", why));
    }
}

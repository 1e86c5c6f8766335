package hallows.log;

import hallows.log.Fact.Kind;
import hallows.model.BatchView;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.function.Consumer;

/// Shows the batches of one file, and the records in them. Blocks.
final class RecordsDump {
    private final Unpacking unpacking;
    private final DumpOptions options;
    private final Consumer<Fact> out;
    private boolean whole = true;

    RecordsDump(Unpacking unpacking, DumpOptions options, Consumer<Fact> out) {
        this.unpacking = unpacking;
        this.options = options;
        this.out = out;
    }

    /// Whether everything could be read.
    boolean isWhole() {
        return whole;
    }

    /// Shows at most `most` batches; how many it were.
    long of(DiskFile file, long most) {
        Fact heading = new Fact(Kind.FILE).with("path", file.path());
        return switch (file.size()) {
            case Result.Failed<Long>(Fault fault) -> {
                out.accept(heading);
                broken(0, fault.message());
                yield 0;
            }
            case Result.Ok<Long>(Long bytes) -> {
                LogFileName.offsetOf(Place.nameOf(file.path()))
                        .ifPresent(offset -> heading.with("startingOffset", offset));
                out.accept(heading.with("bytes", bytes));
                yield batches(new BatchReader(file, bytes), most);
            }
        };
    }

    private long batches(BatchReader reader, long most) {
        long shown = 0;
        while (shown < most) {
            switch (reader.next()) {
                case BatchReader.Met.Batch _ -> shown += batch(reader);
                case BatchReader.Met.Old(byte magic, long offset) -> old(reader, magic, offset);
                case BatchReader.Met.Vast(long offset) ->
                        broken(
                                reader.position(),
                                "the batch at offset %d has %d bytes, too many to look at"
                                        .formatted(offset, reader.length()));
                case BatchReader.Met.Broken(String why) -> {
                    broken(reader.position(), why);
                    return shown;
                }
                case BatchReader.Met.Failed(Fault fault) -> {
                    broken(reader.position(), fault.message());
                    return shown;
                }
                case BatchReader.Met.End _ -> {
                    return shown;
                }
            }
        }
        return shown;
    }

    private int batch(BatchReader reader) {
        BatchView batch = reader.batch();
        if (batch.lastOffset() < options.from()) {
            return 0;
        }
        whole &= batch.isSound();
        out.accept(BatchFacts.of(batch, reader.position()));
        if (options.records() || options.values()) {
            String wrong = BatchRecords.read(batch, unpacking, this::record);
            if (wrong != null) {
                broken(reader.position(), wrong);
            }
        }
        return 1;
    }

    private void record(BatchView batch, RecordReader record) {
        if (batch.baseOffset() + record.offsetDelta() >= options.from()) {
            out.accept(BatchFacts.of(batch, record, options.values()));
        }
    }

    private void old(BatchReader reader, byte magic, long offset) {
        if (offset >= options.from()) {
            out.accept(
                    new Fact(Kind.BATCH)
                            .with("offset", offset)
                            .with("position", reader.position())
                            .with("size", reader.length())
                            .with("magic", magic)
                            .with("note", "of an old layout, passed over"));
        }
    }

    private void broken(long position, String why) {
        whole = false;
        out.accept(new Fact(Kind.BROKEN).with("position", position).with("why", why));
    }
}

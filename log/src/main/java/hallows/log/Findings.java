package hallows.log;

import hallows.log.Fact.Kind;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Tells what an audit finds, and adds up what it has read.
final class Findings {
    private final Consumer<Fact> out;
    private long partitions;
    private long segments;
    private long batches;
    private long records;
    private long bytes;
    private long damages;
    private long notes;

    Findings(Consumer<Fact> out) {
        this.out = out;
    }

    /// Where something was found.
    ///
    /// @param file in which file
    /// @param position at which byte; below zero when that says nothing
    /// @param offset at which offset; below zero when that says nothing
    record Spot(Path file, long position, long offset) {
        /// A whole file or directory.
        static Spot of(Path file) {
            return new Spot(file, -1, -1);
        }
    }

    /// Something that is wrong.
    ///
    /// @param what is wrong
    /// @param remedy what it means and what to do
    void damage(Spot spot, String what, String remedy) {
        damages++;
        tell(Kind.DAMAGE, spot, what, remedy);
    }

    /// Something that is natural after a crash or beside a running broker.
    void note(Spot spot, String what, String remedy) {
        notes++;
        tell(Kind.NOTE, spot, what, remedy);
    }

    private void tell(Kind kind, Spot spot, String what, String remedy) {
        out.accept(
                new Fact(kind)
                        .with("file", spot.file)
                        .withKnown("position", spot.position)
                        .withKnown("offset", spot.offset)
                        .with("what", what)
                        .with("remedy", remedy));
    }

    void sawPartition() {
        partitions++;
    }

    void sawSegment(long sizeBytes) {
        segments++;
        bytes += sizeBytes;
    }

    void sawBatch(long count) {
        batches++;
        records += count;
    }

    /// The last line; whether nothing was wrong.
    boolean sum() {
        out.accept(
                new Fact(Kind.SUM)
                        .with("partitions", partitions)
                        .with("segments", segments)
                        .with("batches", batches)
                        .with("records", records)
                        .with("bytes", bytes)
                        .with("damages", damages)
                        .with("notes", notes));
        return damages == 0;
    }
}

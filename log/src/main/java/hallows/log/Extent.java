package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.function.Function;

/// A segment as it was when somebody asked for an offset in it: to be searched on any thread, while
/// its shard goes on appending.
///
/// @param directory where its files are
/// @param base its first offset
/// @param bytes how long it was
/// @param index what its offset index says of the offset
record Extent(Path directory, long base, int bytes, IndexAnswer index) {
    /// Where a batch lies, or the end of the segment.
    ///
    /// @param position its first byte
    /// @param bytes how long it is; 0 at the end
    /// @param baseOffset of its first record
    record Spot(int position, int bytes, long baseOffset) {
        boolean isEnd() {
            return bytes == 0;
        }
    }

    /// The first batch that ends at or above `offset`, or the end. Blocks.
    Result<Spot> find(Disk disk, long offset) {
        return Visit.to(
                disk,
                file(Kind.RECORDS),
                Disk.OpenMode.READ,
                records -> scan(new BatchScan(records, from(disk, offset), bytes), offset));
    }

    Path file(Kind kind) {
        return directory.resolve(new LogFileName(base, kind).toString());
    }

    /// Where to begin; an index that does not answer costs a longer way and nothing else.
    private int from(Disk disk, long offset) {
        IndexAnswer answer =
                switch (index) {
                    case IndexAnswer.InFile(IndexBlock block) -> asked(disk, block::ask);
                    case IndexAnswer.Asleep _ ->
                            asked(
                                    disk,
                                    file ->
                                            IndexFile.floor(
                                                    file, IndexFormat.ofOffsets(base), offset));
                    case IndexAnswer.Found _,
                            IndexAnswer.None _,
                            IndexAnswer.Damaged _,
                            IndexAnswer.Unreadable _ ->
                            index;
                };
        return answer instanceof IndexAnswer.Found(IndexEntry entry)
                        && entry.value() >= 0
                        && entry.value() < bytes
                ? (int) entry.value()
                : 0;
    }

    private IndexAnswer asked(Disk disk, Function<DiskFile, IndexAnswer> question) {
        Result<IndexAnswer> answer =
                Visit.to(
                        disk,
                        file(Kind.OFFSET_INDEX),
                        Disk.OpenMode.READ,
                        file -> new Result.Ok<>(question.apply(file)));
        return switch (answer) {
            case Result.Ok<IndexAnswer>(IndexAnswer found) -> found;
            case Result.Failed<IndexAnswer>(Fault fault) -> new IndexAnswer.Unreadable(fault);
        };
    }

    private static Result<Spot> scan(BatchScan scan, long offset) {
        Result<Boolean> next = scan.next();
        while (next instanceof Result.Ok<Boolean>(Boolean more)
                && more
                && scan.batch().lastOffset() < offset) {
            next = scan.next();
        }
        return switch (next) {
            case Result.Failed<Boolean>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Boolean>(Boolean found) ->
                    new Result.Ok<>(
                            new Spot(
                                    scan.position(),
                                    scan.length(),
                                    found ? scan.batch().baseOffset() : -1));
        };
    }
}

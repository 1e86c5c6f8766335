package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;

/// Reads index files. Everything here blocks.
final class IndexFile {
    private IndexFile() {}

    /// Opens an index whose segment was closed or flushed in good order: looks at its length, its
    /// first and its last entry, and reads no more unless the end looks like reserved room.
    static IndexLoad open(DiskFile file, IndexFormat format) {
        return switch (file.size()) {
            case Result.Failed<Long>(Fault fault) -> new IndexLoad.Unreadable(fault);
            case Result.Ok<Long>(Long bytes) when !isLength(bytes, format) ->
                    new IndexLoad.Damaged(file.path() + " has " + bytes + " bytes");
            case Result.Ok<Long>(Long bytes) when bytes == 0 ->
                    new IndexLoad.Sound(new SparseIndex(format), 0);
            case Result.Ok<Long>(Long bytes) ->
                    open(file, format, (int) (bytes / format.entryBytes()));
        };
    }

    /// Reads the whole file, in pieces, and checks each entry. Zeros at the end are reserved room.
    static IndexLoad check(DiskFile file, IndexFormat format) {
        return switch (file.size()) {
            case Result.Failed<Long>(Fault fault) -> new IndexLoad.Unreadable(fault);
            case Result.Ok<Long>(Long bytes) when !isLength(bytes, format) ->
                    new IndexLoad.Damaged(file.path() + " has " + bytes + " bytes");
            case Result.Ok<Long>(Long bytes) ->
                    new IndexScan(file, format, (int) (bytes / format.entryBytes())).run();
        };
    }

    private static IndexLoad open(DiskFile file, IndexFormat format, int entries) {
        return switch (entry(file, format, 0)) {
            case Result.Failed<IndexEntry>(Fault fault) -> new IndexLoad.Unreadable(fault);
            case Result.Ok<IndexEntry>(IndexEntry first) -> open(file, format, entries, first);
        };
    }

    private static IndexLoad open(
            DiskFile file, IndexFormat format, int entries, IndexEntry first) {
        return switch (entry(file, format, entries - 1)) {
            case Result.Failed<IndexEntry>(Fault fault) -> new IndexLoad.Unreadable(fault);
            case Result.Ok<IndexEntry>(IndexEntry last)
                    when format.fits(last)
                            && (entries == 1 || IndexFormat.ascends(first, last)) -> {
                SparseIndex index = new SparseIndex(format, entries, last, null);
                yield new IndexLoad.Sound(index, index.fileBytes());
            }
            case Result.Ok<IndexEntry> _ -> new IndexScan(file, format, entries).run();
        };
    }

    /// Only so long that an entry's place fits an int, as it does in Kafka.
    private static boolean isLength(long bytes, IndexFormat format) {
        return bytes <= Integer.MAX_VALUE && bytes % format.entryBytes() == 0;
    }

    /// How many blocks so many entries take.
    static int blocks(int entries) {
        return (entries + IndexFormat.BLOCK_ENTRIES - 1) / IndexFormat.BLOCK_ENTRIES;
    }

    /// The entry in a slot.
    static Result<IndexEntry> entry(DiskFile file, IndexFormat format, int slot) {
        ByteBuffer bytes = ByteBuffer.allocate(format.entryBytes());
        return switch (file.read((long) slot * format.entryBytes(), bytes)) {
            case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Integer> _ when bytes.hasRemaining() ->
                    Result.failed(Fault.Kind.IO_ERROR, file.path() + " ends before entry " + slot);
            case Result.Ok<Integer> _ ->
                    new Result.Ok<>(new IndexEntry(format.key(bytes, 0), format.value(bytes, 0)));
        };
    }
}

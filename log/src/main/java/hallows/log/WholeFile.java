package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Result.Done;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// A small file that is read whole and replaced whole: after a power loss at any moment it is the
/// old one or the new one. Everything here blocks.
final class WholeFile {
    /// What is longer was not written by anybody we know.
    static final int BYTES_MAX = 64 << 20;

    /// The same for text, which is in memory several times while it is made out. A checkpoint has
    /// room for the lines of half a million logs.
    static final int TEXT_BYTES_MAX = 16 << 20;

    private static final String YOUNG = ".tmp";

    private WholeFile() {}

    /// Writes beside it under Kafka's name for that, flushes, renames, and makes the name durable.
    static Result<Done> replace(Disk disk, Path file, String text) {
        return replace(disk, file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The same with the bytes from the buffer's position to its limit.
    static Result<Done> replace(Disk disk, Path file, ByteBuffer bytes) {
        Path young = file.resolveSibling(file.getFileName() + YOUNG);
        return inOrder(
                () -> write(disk, young, bytes, DiskFile::flush),
                () -> disk.rename(young, file),
                () -> disk.syncDirectory(directoryOf(file)));
    }

    /// Writes one in its place, without a flush: until somebody flushes the file and its name, a
    /// power loss may leave anything there. For files that tell by themselves whether they are
    /// whole.
    static Result<Done> place(Disk disk, Path file, ByteBuffer bytes) {
        return write(disk, file, bytes, _ -> Result.DONE);
    }

    /// Removes a file, if there is one; for good after the directory is synced.
    static Result<Done> remove(Disk disk, Path file) {
        return disk.delete(file) instanceof Result.Failed<Done> failed
                        && failed.fault().kind() != Fault.Kind.MISSING
                ? failed
                : Result.DONE;
    }

    /// The directory of a file.
    static Path directoryOf(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return directory == null ? file : directory;
    }

    /// Does one after the other until something fails.
    @SafeVarargs
    static Result<Done> inOrder(Supplier<Result<Done>>... steps) {
        for (Supplier<Result<Done>> step : steps) {
            Result<Done> done = step.get();
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return Result.DONE;
    }

    private static Result<Done> write(
            Disk disk, Path file, ByteBuffer bytes, Function<DiskFile, Result<Done>> kept) {
        return switch (disk.open(file, Disk.OpenMode.READ_WRITE)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile open) -> {
                try {
                    // An earlier attempt may have left more than this one writes.
                    yield inOrder(
                            () -> open.truncate(0),
                            () -> fill(open, bytes),
                            () -> kept.apply(open));
                } finally {
                    open.close();
                }
            }
        };
    }

    private static Result<Done> fill(DiskFile file, ByteBuffer bytes) {
        Written written = file.write(0, List.of(bytes.duplicate()));
        Fault fault = written.fault();
        return fault == null ? Result.DONE : new Result.Failed<>(fault);
    }

    /// All bytes of a file.
    static Stored<byte[]> bytes(Disk disk, Path file) {
        return bytes(disk, file, BYTES_MAX);
    }

    /// All bytes of a file that has no more than so many.
    static Stored<byte[]> bytes(Disk disk, Path file, int bytesMax) {
        return switch (disk.open(file, Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile>(Fault fault) when fault.kind() == Fault.Kind.MISSING ->
                    new Stored.Absent<>();
            case Result.Failed<DiskFile>(Fault fault) -> new Stored.Unreadable<>(fault);
            case Result.Ok<DiskFile>(DiskFile open) -> {
                try {
                    yield bytes(open, bytesMax);
                } finally {
                    open.close();
                }
            }
        };
    }

    private static Stored<byte[]> bytes(DiskFile file, int bytesMax) {
        return switch (file.size()) {
            case Result.Failed<Long>(Fault fault) -> new Stored.Unreadable<>(fault);
            case Result.Ok<Long>(Long bytes) when bytes > bytesMax ->
                    Stored.malformed("it has " + bytes + " bytes");
            case Result.Ok<Long>(Long bytes) -> {
                ByteBuffer into = ByteBuffer.allocate(bytes.intValue());
                yield switch (file.read(0, into)) {
                    case Result.Failed<Integer>(Fault fault) -> new Stored.Unreadable<>(fault);
                    case Result.Ok<Integer> _ when into.hasRemaining() ->
                            Stored.malformed("it became shorter while it was read");
                    case Result.Ok<Integer> _ -> new Stored.Whole<>(into.array());
                };
            }
        };
    }

    /// All lines of a file in UTF-8.
    static Stored<List<String>> lines(Disk disk, Path file) {
        return text(disk, file).map(text -> text.lines().toList());
    }

    /// The text of a file in UTF-8.
    static Stored<String> text(Disk disk, Path file) {
        return bytes(disk, file, TEXT_BYTES_MAX).then(WholeFile::text);
    }

    private static Stored<String> text(byte[] bytes) {
        try {
            return new Stored.Whole<>(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException wrong) {
            return Stored.malformed("it is no text in UTF-8");
        }
    }
}

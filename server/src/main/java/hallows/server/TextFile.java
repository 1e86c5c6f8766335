package hallows.server;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A small file that somebody wrote by hand.
final class TextFile {
    private static final long BYTES_MAX = 16L << 20;

    private TextFile() {}

    /// All of it, a byte a letter: what Java and Kafka take files of properties for. A failure says
    /// which file and why.
    static Result<String> read(Disk disk, Path path) {
        return switch (disk.open(path, Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                try {
                    yield text(file);
                } finally {
                    file.close();
                }
            }
        };
    }

    private static Result<String> text(DiskFile file) {
        return switch (file.size()) {
            case Result.Failed<Long>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Long>(Long bytes) when bytes > BYTES_MAX ->
                    Result.failed(
                            Fault.Kind.UNSUPPORTED,
                            "%s: %,d bytes are too many for a file of properties"
                                    .formatted(file.path(), bytes));
            case Result.Ok<Long>(Long bytes) -> {
                ByteBuffer into = ByteBuffer.allocate(bytes.intValue());
                yield switch (file.read(0, into)) {
                    case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
                    case Result.Ok<Integer> _ ->
                            new Result.Ok<>(
                                    StandardCharsets.ISO_8859_1.decode(into.flip()).toString());
                };
            }
        };
    }
}

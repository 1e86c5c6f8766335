package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A machine with a data directory, and what tests do to the files in it.
final class DataNode {
    static final Path DATA = Path.of("/data");
    static final Path FILE = DATA.resolve("file");
    static final Path OTHER = DATA.resolve("other");

    final SimNode node;

    DataNode(long seed, Faults faults) {
        node = new Simulation(seed, faults).node("a");
        disk().createDirectories(DATA).orThrow();
        disk().syncDirectory(Path.of("/")).orThrow();
    }

    SimDisk disk() {
        return node.disk();
    }

    DiskFile create(Path path) {
        return disk().open(path, Disk.OpenMode.CREATE).orThrow();
    }

    /// Creates a file whose name no power loss undoes.
    DiskFile createSynced(Path path) {
        DiskFile file = create(path);
        disk().syncDirectory(DATA).orThrow();
        return file;
    }

    /// The text of a file, or why it cannot be opened.
    String read(Path path) {
        return switch (disk().open(path, Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile>(Fault fault) -> fault.kind().name();
            case Result.Ok<DiskFile>(DiskFile file) -> read(file);
        };
    }

    static String read(DiskFile file) {
        ByteBuffer buffer = ByteBuffer.allocate(2_000);
        int count = file.read(0, buffer).orThrow();
        return new String(buffer.array(), 0, count, StandardCharsets.UTF_8);
    }

    /// Writes a text from two buffers.
    static Written write(DiskFile file, long position, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int half = bytes.length / 2;
        return file.write(
                position,
                List.of(
                        ByteBuffer.wrap(bytes, 0, half),
                        ByteBuffer.wrap(bytes, half, bytes.length - half)));
    }

    static Fault.Kind kindOf(Result<?> result) {
        return assertInstanceOf(Result.Failed.class, result).fault().kind();
    }
}

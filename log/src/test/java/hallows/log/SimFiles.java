package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.simulation.Faults;
import hallows.simulation.SimDisk;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A simulated machine with one directory, whose name no power loss undoes.
final class SimFiles {
    static final Path DATA = Path.of("/data");

    final SimNode node;

    SimFiles(long seed) {
        node = new Simulation(seed, Faults.NONE).node("a");
        disk().createDirectories(DATA).orThrow();
        disk().syncDirectory(Path.of("/")).orThrow();
    }

    SimDisk disk() {
        return node.disk();
    }

    /// Makes a file with these bytes, durable.
    DiskFile file(String name, byte[] bytes) {
        DiskFile file = disk().open(DATA.resolve(name), Disk.OpenMode.READ_WRITE).orThrow();
        file.truncate(0).orThrow();
        file.write(0, List.of(ByteBuffer.wrap(bytes)));
        file.flush().orThrow();
        disk().syncDirectory(DATA).orThrow();
        return file;
    }

    List<String> names() {
        return disk().list(DATA).orThrow();
    }

    void losePower() {
        node.powerLoss();
        node.restart();
    }
}

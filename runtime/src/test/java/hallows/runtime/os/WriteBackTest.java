package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.runtime.Disk.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class WriteBackTest {
    private static final long MEGABYTE = WriteBack.STEP_BYTES;
    private static final long END = 5 * MEGABYTE;

    private Path file;
    private WriteBack writeBack;

    @BeforeEach
    void write(@TempDir Path directory) throws IOException {
        file = Files.write(directory.resolve("file"), new byte[(int) END]);
        writeBack = new WriteBack(file);
    }

    @Test
    void beginsWithAllButTheLastStep() {
        writeBack.wrote(0);
        assertEquals(4, writeBack.begin(END));
    }

    @Test
    void beginsOnlyWithWhatIsNew() {
        assertEquals(0, writeBack.begin(END));
        writeBack.wrote(3 * MEGABYTE);
        writeBack.wrote(MEGABYTE);
        writeBack.wrote(2 * MEGABYTE);
        assertEquals(3, writeBack.begin(END));
        assertEquals(0, writeBack.begin(END));
    }

    @Test
    void littleIsLeftToTheFlush() {
        writeBack.wrote(END - MEGABYTE);
        assertEquals(0, writeBack.begin(END));
    }

    @Test
    void fileThatWasCutHasNothingToBeginWith() {
        writeBack.wrote(4 * MEGABYTE);
        assertEquals(0, writeBack.begin(MEGABYTE));
    }

    @Test
    void filesTellWhatTheyWroteAndBeginBeforeTheyFlush() {
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) END);
        OsDiskFile open = (OsDiskFile) new OsDisk().open(file, OpenMode.READ_WRITE).orThrow();
        assertEquals((int) END, open.write(0, List.of(bytes)).bytes());
        assertEquals(4, open.writeBack.begin(END));
        open.write(0, List.of(bytes.clear()));
        open.flush().orThrow();
        assertEquals(0, open.writeBack.begin(END));
        open.close();
    }

    @Test
    void fileThatIsGoneIsLeftToTheFlush() throws IOException {
        writeBack.wrote(0);
        Files.delete(file);
        assertEquals(0, writeBack.begin(END));
    }
}

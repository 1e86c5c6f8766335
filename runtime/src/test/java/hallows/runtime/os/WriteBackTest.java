package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void fileThatIsGoneIsLeftToTheFlush() throws IOException {
        writeBack.wrote(0);
        Files.delete(file);
        assertEquals(0, writeBack.begin(END));
    }
}

package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.BatchView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandTest {
    private static final int CHECKSUM = 17;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path directory;
    private Path records;

    /// One partition with one batch, from which compaction has taken all records.
    @BeforeEach
    void makeDirectory() throws IOException {
        Path partition = Files.createDirectory(directory.resolve("orders-0"));
        Files.writeString(directory.resolve("recovery-point-offset-checkpoint"), "0\n0\n");
        Files.writeString(partition.resolve("leader-epoch-checkpoint"), "0\n1\n0 0\n");
        ByteBuffer batch = ByteBuffer.allocate(BatchView.HEADER_BYTES);
        batch.putInt(8, BatchView.HEADER_BYTES - BatchView.PREFIX_BYTES).put(16, BatchView.MAGIC);
        batch.putLong(43, -1).putShort(51, (short) -1).putInt(53, -1);
        batch.putInt(CHECKSUM, new BatchView().at(batch, 0).computedChecksum());
        records = Files.write(partition.resolve("00000000000000000000.log"), batch.array());
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void aDirectoryIsDumped() {
        assertEquals(0, run("log", "dump", directory.toString()), err::toString);
        assertTrue(out.toString().contains("    batch baseOffset: 0 lastOffset: 0 count: 0"));
        assertTrue(out.toString().contains("entry epoch: 0 startOffset: 0"), out::toString);
    }

    @Test
    void programsGetJson() {
        String[] all = {"log", "dump", "--json", "--values", "--indexes", records.toString()};
        assertEquals(0, run(all), err::toString);
        assertTrue(out.toString().contains("{\"kind\":\"batch\",\"baseOffset\":0,"), out::toString);
    }

    @Test
    void aSoundDirectoryIsVerified() {
        assertEquals(0, run("log", "verify", directory.toString()), out::toString);
        String sum = "sum partitions: 1 segments: 1 batches: 1 records: 0 bytes: 61 damages: 0";
        assertTrue(out.toString().contains(sum), out::toString);
    }

    @Test
    void damageIsToldAndFails() throws IOException {
        byte[] bytes = Files.readAllBytes(records);
        bytes[30]++;
        Files.write(records, bytes);
        Files.writeString(directory.resolve(".kafka_cleanshutdown"), "");
        assertEquals(1, run("log", "verify", "--json", directory.toString()));
        assertTrue(out.toString().contains("\"kind\":\"damage\""), out::toString);
        assertEquals(1, run("log", "dump", records.toString()));
        assertTrue(out.toString().contains("isvalid: false"), out::toString);
    }

    @Test
    void aPlaceThatIsNotThereFails() {
        assertEquals(1, run("log", "verify", directory.resolve("nothing").toString()));
        assertTrue(err.toString().contains("nothing"), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertEquals(2, run("log"));
        assertTrue(err.toString().contains("dump or verify?"), err::toString);
        assertEquals(2, run("log", "dump"));
        assertEquals(2, run("log", "dump", ""));
        assertEquals(2, run("log", "dump", "--from", "-1", directory.toString()));
        assertTrue(err.toString().contains("--from and --max are not negative"), err::toString);
    }
}

package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/// `meta.properties` in a log directory: whose it is. Everything that takes a disk blocks.
///
/// @param version 0, of which nothing is sure, or 1, which has a cluster and a node
/// @param clusterId the cluster
/// @param nodeId the node
/// @param directoryId the directory itself
record MetaProperties(
        int version,
        Optional<String> clusterId,
        OptionalInt nodeId,
        Optional<StoredId> directoryId) {
    static final String NAME = "meta.properties";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// What a new directory gets.
    static MetaProperties of(String clusterId, int nodeId, StoredId directoryId) {
        return new MetaProperties(
                1, Optional.of(clusterId), OptionalInt.of(nodeId), Optional.of(directoryId));
    }

    /// Replaces it.
    ///
    /// @param now the wall clock, which Java's properties write down in a comment
    Result<Result.Done> write(Disk disk, Path directory, Instant now) {
        return WholeFile.replace(disk, directory.resolve(NAME), text(now));
    }

    private String text(Instant now) {
        StringBuilder text = new StringBuilder("#\n#").append(DATE.format(now)).append('\n');
        clusterId.ifPresent(id -> line(text, "cluster.id", id));
        directoryId.ifPresent(id -> line(text, "directory.id", id.toString()));
        String node = version == 0 ? "broker.id" : "node.id";
        nodeId.ifPresent(id -> line(text, node, Integer.toString(id)));
        line(text, "version", Integer.toString(version));
        return text.toString();
    }

    /// A line as `java.util.Properties` writes it.
    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=');
        for (int at = 0; at < value.length(); at++) {
            char letter = value.charAt(at);
            if ("\\:=#!".indexOf(letter) >= 0 || (letter == ' ' && at == 0)) {
                text.append('\\');
            }
            text.append(letter);
        }
        text.append('\n');
    }

    /// Reads it.
    static Stored<MetaProperties> read(Disk disk, Path directory) {
        return WholeFile.bytes(disk, directory.resolve(NAME), WholeFile.TEXT_BYTES_MAX)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .then(MetaProperties::parse);
    }

    private static Stored<MetaProperties> parse(String text) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException wrong) {
            return Stored.malformed("it is no list of properties: " + wrong.getMessage());
        }
        String version = read.getProperty("version", "0");
        return switch (version.strip()) {
            case "0" -> parse(read, 0, "broker.id");
            case "1" -> parse(read, 1, "node.id");
            default -> Stored.malformed("its version is '" + version + "'");
        };
    }

    private static Stored<MetaProperties> parse(Properties read, int version, String nodeKey) {
        String node = read.getProperty(nodeKey);
        OptionalInt nodeId = node == null ? OptionalInt.empty() : Numbers.parseInt(node);
        if (nodeId.isEmpty() && (node != null || version > 0)) {
            return Stored.malformed("its " + nodeKey + " is '" + node + "'");
        }
        Optional<String> clusterId = Optional.ofNullable(read.getProperty("cluster.id"));
        if (clusterId.isEmpty() && version > 0) {
            return Stored.malformed("it has no cluster.id");
        }
        String directory = read.getProperty("directory.id");
        Optional<StoredId> directoryId = Optional.ofNullable(directory).flatMap(StoredId::parse);
        return directory != null && directoryId.isEmpty()
                ? Stored.malformed("its directory.id is '" + directory + "'")
                : new Stored.Whole<>(new MetaProperties(version, clusterId, nodeId, directoryId));
    }
}

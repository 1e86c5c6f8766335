package hallows.runtime.os;

import hallows.runtime.Fault;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the JDK's and Netty's exceptions mean.
///
/// Some errors have no exception of their own, only the host's text in the host's language, so the
/// host is asked for its texts once.
final class HostErrors {
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int EROFS = 30;
    private static final int EADDRINUSE = HostCalls.MAC ? 48 : 98;
    private static final int EADDRNOTAVAIL = HostCalls.MAC ? 49 : 99;
    private static final Map<String, Fault.Kind> TEXTS = texts();

    private HostErrors() {}

    private static Map<String, Fault.Kind> texts() {
        Map<String, Fault.Kind> texts = new LinkedHashMap<>();
        texts.put(HostCalls.text(HostCalls.ENOSPC), Fault.Kind.NO_SPACE);
        texts.put(HostCalls.text(HostCalls.EDQUOT), Fault.Kind.NO_SPACE);
        texts.put(HostCalls.text(ENFILE), Fault.Kind.NO_SPACE);
        texts.put(HostCalls.text(EMFILE), Fault.Kind.NO_SPACE);
        texts.put(HostCalls.text(ENOENT), Fault.Kind.MISSING);
        texts.put(HostCalls.text(EACCES), Fault.Kind.FORBIDDEN);
        texts.put(HostCalls.text(EROFS), Fault.Kind.FORBIDDEN);
        texts.put(HostCalls.text(EADDRINUSE), Fault.Kind.IN_USE);
        texts.put(HostCalls.text(EADDRNOTAVAIL), Fault.Kind.UNREACHABLE);
        return texts;
    }

    /// What a caller decides by.
    static Fault.Kind kind(Throwable cause) {
        return switch (cause) {
            case NoSuchFileException _ -> Fault.Kind.MISSING;
            case FileAlreadyExistsException _, DirectoryNotEmptyException _ -> Fault.Kind.EXISTS;
            case AccessDeniedException _,
                    NonWritableChannelException _,
                    NonReadableChannelException _ ->
                    Fault.Kind.FORBIDDEN;
            case OverlappingFileLockException _ -> Fault.Kind.IN_USE;
            case ClosedChannelException _ -> Fault.Kind.CLOSED;
            default -> byText(String.valueOf(cause.getMessage()));
        };
    }

    /// What a caller decides by, from an errno.
    static Fault.Kind kind(int errno) {
        return byText(HostCalls.text(errno));
    }

    private static Fault.Kind byText(String message) {
        for (Map.Entry<String, Fault.Kind> known : TEXTS.entrySet()) {
            if (message.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return Fault.Kind.IO_ERROR;
    }

    /// The fault of doing `deed` to `thing`.
    static Fault fault(String deed, Object thing, Throwable cause) {
        return new Fault(kind(cause), "cannot " + deed + " " + thing + ": " + why(thing, cause));
    }

    private static String why(Object thing, Throwable cause) {
        if (cause instanceof FileSystemException known) {
            String file = known.getFile();
            boolean other = file != null && !file.equals(thing.toString());
            return (other ? file + ": " : "") + reason(known);
        }
        String why = cause.getMessage();
        return cause instanceof IOException && why != null ? why : cause.getClass().getSimpleName();
    }

    /// The JDK leaves it to the class where it has one: its message is the file alone.
    private static String reason(FileSystemException cause) {
        String given = cause.getReason();
        if (given != null) {
            return given;
        }
        return switch (cause) {
            case NoSuchFileException _ -> "does not exist";
            case FileAlreadyExistsException _ -> "exists already";
            case DirectoryNotEmptyException _ -> "is not empty";
            case NotDirectoryException _ -> "is no directory";
            case AccessDeniedException _ -> "the host does not allow it";
            default -> cause.getClass().getSimpleName();
        };
    }
}

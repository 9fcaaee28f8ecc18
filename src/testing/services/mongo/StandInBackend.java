import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Commits each write before it is answered, and answers more like the real server than the library does. */
final class StandInBackend extends H2Backend {
  private static final Set<String> WRITES =
      Set.of("insert", "update", "delete", "findAndModify", "create", "createIndexes", "drop", "dropDatabase",
          "dropIndexes", "renameCollection");
  private static final long POLL_MS = 50;

  private final ReadWriteLock gate = new ReentrantReadWriteLock();
  private final AtomicLong written = new AtomicLong();
  private final Object committing = new Object();
  private long committed;

  StandInBackend() {
    super(Storage.store());
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new StandInDatabase(name, getCursorRegistry());
  }

  @Override
  protected Oplog createOplog() {
    Storage.journal().serve(this, getCursorRegistry());
    return Storage.journal();
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    try {
      return super.handleMessage(message);
    } catch (MongoServerError error) {
      return Replies.error(error);
    }
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    if (command.equals("standInForgetHistory")) {
      Storage.journal().forget();
      return Replies.ok();
    }
    if (command.equals("hello")) {
      return super.handleCommand(channel, database, "ismaster", query).append("isWritablePrimary", true);
    }
    Unsupported.refuse(command, query);
    if (!WRITES.contains(command)) {
      return Replies.correct(command, query, super.handleCommand(channel, database, command, query));
    }
    long own;
    Document reply;
    gate.readLock().lock();
    try {
      reply = super.handleCommand(channel, database, command, query);
    } finally {
      own = written.incrementAndGet();
      gate.readLock().unlock();
    }
    commitUpTo(own);
    return Replies.correct(command, query, reply);
  }

  /** One commit serves all writes that wait for one; none is half done when it happens. */
  private void commitUpTo(long own) {
    synchronized (committing) {
      if (committed >= own) {
        return;
      }
      gate.writeLock().lock();
      try {
        long upTo = written.get();
        Storage.store().commit();
        committed = upTo;
        Storage.journal().publish();
      } finally {
        gate.writeLock().unlock();
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  protected Document handleGetMore(String database, String command, Document query) {
    Cursor cursor = getCursorRegistry().getCursor(((Number) query.get(command)).longValue());
    if (!(cursor instanceof JournalCursor)) {
      return super.handleGetMore(database, command, query);
    }
    JournalCursor stream = (JournalCursor) cursor;
    stream.await(POLL_MS);
    Document reply = super.handleGetMore(database, command, query);
    ((Document) reply.get("cursor")).put("postBatchResumeToken", stream.token());
    return reply;
  }
}

"""The front door: what happens to a request before a thread renders it.

Everything here runs on the server's event loop, and no step of it waits for a database or a disk. A request
is made safe (`incoming`), answered from memory where that is possible (`static_files`, `page_store`), its
body is read (`bodies`), and it waits for a thread of its lane for a short while (`lanes`, `threads`). What
can't be served soon is refused (`refusals`).
"""

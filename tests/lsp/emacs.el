;;; emacs.el --- What somebody does with a review in Emacs  -*- lexical-binding: t -*-

;;; Commentary:

;; test_emacs.py runs this in batch mode, after the recipe of the guide, with a review, a file for what was seen and what
;; to do.  What is chosen where Emacs asks comes from standard input.

;;; Code:

(require 'json)
(require 'seq)
(require 'flymake)

(defvar test-seen nil "What was seen: name → text or list.")

(defun test-note (name value)
  "Keep VALUE as what was seen under NAME."
  (push (cons name value) test-seen))

(defun test-wait (what done)
  "Wait until DONE gives something; fail with WHAT after half a minute."
  (let ((end (+ (float-time) 30)) found)
    (while (not (setq found (funcall done)))
      (when (> (float-time) end) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))
    found))

(defun test-findings ()
  "Give what Flymake shows: kind of mark, words under it, message; in the order of the text."
  (mapcar (lambda (found)
            (let ((start (flymake-diagnostic-beg found)) (end (flymake-diagnostic-end found)))
              (vector (symbol-name (flymake-diagnostic-type found))
                      (buffer-substring-no-properties start end)
                      (substring-no-properties (flymake-diagnostic-text found)))))
          (seq-sort-by #'flymake-diagnostic-beg #'< (flymake-diagnostics))))

(defun test-line ()
  "Give the line at point."
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun test-go (words)
  "Go to the last character of the first WORDS of the buffer."
  (goto-char (point-min))
  (search-forward words)
  (backward-char))

(defun test-eglot ()
  "Let Eglot manage the review and try what it can do there."
  (require 'eglot)
  (call-interactively #'eglot)
  (test-wait "findings" #'flymake-diagnostics)
  (test-note 'findings (vconcat (test-findings)))
  (test-go "should have")
  (let (page)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq page (substring-no-properties text))))
    (test-note 'hover (test-wait "a hover" (lambda () page))))
  (test-go "to even notice")
  ;; As if it came from the keyboard: from a mouse, Emacs would open a menu.
  (setq last-nonmenu-event ?a)
  (call-interactively #'eglot-code-actions)
  (test-note 'fixed (test-line))
  (test-go "cause: missing-alrt")
  (delete-region (- (point) 11) (line-end-position))
  (insert "qu")
  (completion-at-point)
  (test-note 'completed (test-line))
  (let ((before (test-findings)))
    (save-buffer)
    (test-wait "new findings" (lambda () (not (equal before (test-findings))))))
  (test-note 'left (vconcat (test-findings)))
  (test-go "cause: untested-path")
  (call-interactively #'xref-find-definitions)
  (test-note 'definition (buffer-file-name))
  (test-wait "the server there" #'eglot-current-server)
  (eglot-shutdown (eglot-current-server)))

(defun test-compile ()
  "Run the check with `compile' and go from one finding to the next."
  (require 'compile)
  (let (done places)
    (add-hook 'compilation-finish-functions (lambda (&rest _) (setq done t)))
    (compile "failforward check")
    (test-wait "the end of the check" (lambda () done))
    (ignore-error user-error
      (while t
        (next-error)
        (push (vector (line-number-at-pos) (buffer-substring-no-properties (point) (line-end-position))) places)))
    (test-note 'places (vconcat (nreverse places)))))

(package-initialize)
(let ((deed (pop command-line-args-left))
      (review (pop command-line-args-left))
      (file (pop command-line-args-left))
      (coding-system-for-write 'utf-8))
  (if (not (and (require 'markdown-mode nil t) (require 'eglot nil t)))
      (test-note 'missing "Emacs has no Eglot or no markdown-mode")
    (find-file review)
    (if (equal deed "compile") (test-compile) (test-eglot)))
  (write-region (json-encode test-seen) nil file))

;;; emacs.el ends here
